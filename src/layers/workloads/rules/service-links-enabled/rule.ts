// enableServiceLinks: the address of every Service of the namespace becomes a set of environment variables. Unset is true.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/service-links-enabled",
  severity: "low", // a list of the services in the namespace, with their addresses
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/envvars/envvars.go"],
  find: ({ spec }) =>
    spec.enableServiceLinks === false ? undefined : { field: ["spec", "enableServiceLinks"], assumed: true },
  text: {
    en: {
      title: "Service addresses are put into the environment",
      message: "Containers get the addresses of all Services of the namespace",
      risk: "Every process is told what else runs there; and a Service's name can shadow a variable the program reads.",
      fix: "Set enableServiceLinks to false; names come from DNS.",
    },
    "zh-CN": {
      title: "环境变量中包含 Service 地址",
      message: "容器会获得命名空间中所有 Service 的地址",
      risk: "每个进程都能得知还运行着什么；Service 名称也可能覆盖程序读取的变量。",
      fix: "将 enableServiceLinks 设为 false，名称由 DNS 解析。",
    },
  },
});
