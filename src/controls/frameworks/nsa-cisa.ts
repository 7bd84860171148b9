// NSA and CISA, Kubernetes Hardening Guidance 1.2 (August 2022): the parts that are about workloads and their surroundings.

import type { Framework } from "./framework.ts";

export const nsaCisa: Framework = {
  id: "nsa-cisa",
  title: {
    en: "NSA/CISA Kubernetes Hardening Guidance, workloads",
    "zh-CN": "NSA/CISA Kubernetes 加固指南（工作负载）",
  },
  references: ["NSA and CISA, Kubernetes Hardening Guidance, version 1.2, August 2022"],
  requirements: [
    {
      id: "non-root-containers",
      title: { en: "Applications do not run as root", "zh-CN": "应用不以 root 身份运行" },
    },
    {
      id: "immutable-file-systems",
      title: { en: "Containers cannot change their own file system", "zh-CN": "容器不能修改自己的文件系统" },
    },
    {
      id: "secure-images",
      title: {
        en: "Images come from known places, are pinned, and hold no way in",
        "zh-CN": "镜像来源可知、版本固定，且不留入口",
      },
      manual: {
        en: "Whether images are scanned for vulnerabilities and their signatures verified before they run",
        "zh-CN": "镜像运行前是否经过漏洞扫描和签名验证",
      },
    },
    {
      id: "pod-security",
      title: {
        en: "Pods get neither the node's privileges nor its namespaces, devices and files",
        "zh-CN": "Pod 不获得节点的特权、命名空间、设备和文件",
      },
    },
    {
      id: "pod-security-enforcement",
      title: {
        en: "Admission rejects pods that break the standard",
        "zh-CN": "准入拒绝不符合标准的 Pod",
      },
      manual: {
        en: "Which namespaces enforce a Pod Security level, or which policy engine does it (ringwall workloads admit)",
        "zh-CN": "哪些命名空间强制执行 Pod 安全级别，或由哪个策略引擎执行（ringwall workloads admit）",
      },
    },
    {
      id: "service-account-tokens",
      title: {
        en: "Only pods that call the API hold a token for it",
        "zh-CN": "只有调用 API 的 Pod 才持有其令牌",
      },
    },
    {
      id: "hardened-environments",
      title: {
        en: "Workloads that need it run behind a second wall",
        "zh-CN": "有需要的工作负载在第二道隔离之后运行",
      },
      manual: {
        en: "Which workloads run untrusted code, and whether their runtime class is a sandbox or virtual machine",
        "zh-CN": "哪些工作负载运行不可信代码，其 RuntimeClass 是否为沙箱或虚拟机",
      },
    },
    {
      id: "network-policies",
      title: {
        en: "Traffic between pods is denied unless a policy allows it",
        "zh-CN": "Pod 之间的流量默认拒绝，由策略放行",
      },
      manual: {
        en: "Whether the network plugin enforces NetworkPolicies, and each namespace denies by default",
        "zh-CN": "网络插件是否执行 NetworkPolicy，每个命名空间是否默认拒绝",
      },
    },
    {
      id: "resource-policies",
      title: {
        en: "No workload can use up what others need",
        "zh-CN": "任何工作负载都不能耗尽其他工作负载所需的资源",
      },
    },
    {
      id: "secrets",
      title: {
        en: "Credentials are in Secrets, and reach as few eyes as possible",
        "zh-CN": "凭据保存在 Secret 中，尽可能少地暴露",
      },
    },
    {
      id: "encryption-at-rest",
      title: { en: "Secrets are encrypted at rest", "zh-CN": "Secret 静态加密" },
      undecidable: {
        en: "It is in the API server's EncryptionConfiguration, not in a Kubernetes object",
        "zh-CN": "由 API server 的 EncryptionConfiguration 决定，不体现在 Kubernetes 对象中",
      },
    },
    {
      id: "cloud-infrastructure",
      title: {
        en: "Pods cannot ask the cloud's metadata service for the node's identity",
        "zh-CN": "Pod 不能从云元数据服务取得节点身份",
      },
      undecidable: {
        en: "It depends on the cloud's instance settings and the network around the nodes",
        "zh-CN": "取决于云实例的设置和节点周围的网络",
      },
    },
  ],
};
