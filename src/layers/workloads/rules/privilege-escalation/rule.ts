// Pod Security Standards, restricted: every container must refuse privilege escalation. The API server refuses `false` for
// containers that are privileged or add CAP_SYS_ADMIN (kubernetes/pkg/apis/core/validation): their own rules speak there.

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { PodSubject } from "../../../../verdicts/pod-subject.ts";
import type { Offender } from "../../pod-security/offender.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/privilege-escalation",
  severity: "high", // a set-user-ID program in the image makes any user root in the container
  since: "0.1.0",
  check: "allowPrivilegeEscalation",
  only: (offender, pod) => !cannotRefuse(pod, offender),
  frameworks: ["pod-security-standards/restricted", "cis-kubernetes/5.2.6", "nsa-cisa/pod-security"],
  references: [
    "pod-security-admission/policy/check_allowPrivilegeEscalation.go",
    "kubernetes/pkg/apis/core/validation/validation.go#ValidateSecurityContext",
  ],
  knownAs: {
    kubescape: ["C-0016", "C-0197", "C-0217"],
    trivy: ["KSV-0001"],
    kubeLinter: ["privilege-escalation-container"],
    polaris: ["privilegeEscalationAllowed"],
    checkov: ["CKV_K8S_20"],
  },
  text: {
    en: {
      title: "Privilege escalation is not ruled out",
      message: "Container {name} may escalate its privileges",
      risk: "A set-user-ID program, or file capabilities, make any user of the container root in it.",
      fix: "Set securityContext.allowPrivilegeEscalation to false in each container.",
    },
    "zh-CN": {
      title: "未禁止权限提升",
      message: "容器 {name} 可以提升权限",
      risk: "借助 set-user-ID 程序或文件 capability，容器内的任何用户都能成为容器内的 root。",
      fix: "在每个容器中将 securityContext.allowPrivilegeEscalation 设为 false。",
    },
  },
});

function cannotRefuse({ containers }: PodSubject, { path }: Offender): boolean {
  const [, list, index] = path;
  const view = containers.find((candidate) => candidate.path[0] === list && candidate.path[1] === index);
  const context = view?.container.securityContext;
  return context?.privileged === true || (context?.capabilities?.add?.includes("CAP_SYS_ADMIN") ?? false);
}
