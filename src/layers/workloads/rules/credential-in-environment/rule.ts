// A credential written as the literal value of an environment variable. Its value is never shown.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import { holdsCredential, isNamedCredential } from "../../credential.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/credential-in-environment",
  severity: "high", // the credential itself, for everybody who may read the manifest or the pod
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.4.1", "nsa-cisa/secrets"],
  references: ["k8s.io/api/core/v1/types.go#EnvVar"],
  knownAs: { kubescape: ["C-0012", "C-0259"], kubeLinter: ["env-var-secret"], polaris: ["sensitiveContainerEnvVar"] },
  find: ({ container }) =>
    container.env?.flatMap((variable, index): Fault[] => {
      const { name, value } = { name: variable?.name ?? "", value: variable?.value ?? "" };
      if (value === "" || !(isNamedCredential(name, value) || holdsCredential(value))) return [];
      return [{ field: ["env", index, "value"], element: name, isRedacted: true }];
    }),
  text: {
    en: {
      title: "Credential stands in an environment variable",
      message: "Container {name} is given a credential as the value of {element}",
      risk: "Whoever may read the manifest, the pod, its Git history or a crash report has the credential.",
      fix: "Put it into a Secret, mount that as a file, and change the credential.",
    },
    "zh-CN": {
      title: "环境变量中写有凭据",
      message: "容器 {name} 的环境变量 {element} 中直接写有凭据",
      risk: "能读取清单、Pod、Git 历史或崩溃报告的人都能拿到该凭据。",
      fix: "放入 Secret 并以文件方式挂载，同时更换该凭据。",
    },
  },
});
