// CIS Kubernetes Benchmark, section 5.1: who may do what. Objects show who holds a right; who needs it, people know.

import type { Requirement, Wording } from "./framework.ts";

function needed(id: string, en: string, zhCN: string, manual: Wording): Requirement {
  return { id, title: { en, "zh-CN": zhCN }, manual };
}

export const cisAccess: readonly Requirement[] = [
  needed("5.1.1", "cluster-admin only for those who need it", "仅将 cluster-admin 授予必需者", {
    en: "The subjects bound to cluster-admin, and why each needs it",
    "zh-CN": "绑定到 cluster-admin 的主体，以及各自的理由",
  }),
  needed("5.1.2", "Few may read Secrets", "限制读取 Secret 的权限", {
    en: "Who can get, list or watch Secrets, and why",
    "zh-CN": "谁能 get、list 或 watch Secret，以及理由",
  }),
  {
    id: "5.1.3",
    title: { en: "Roles name verbs and resources instead of *", "zh-CN": "角色列出具体的动词和资源，而非 *" },
  },
  needed("5.1.4", "Few may create pods", "限制创建 Pod 的权限", {
    en: "Who can create pods or the workloads that stamp them, and why",
    "zh-CN": "谁能创建 Pod 或生成 Pod 的工作负载，以及理由",
  }),
  {
    id: "5.1.5",
    title: { en: "No workload uses the default service account", "zh-CN": "工作负载不使用 default ServiceAccount" },
  },
  {
    id: "5.1.6",
    title: { en: "Tokens are mounted only where they are used", "zh-CN": "仅在使用之处挂载令牌" },
  },
  needed("5.1.7", "Nobody is in group system:masters", "没有人属于 system:masters 组", {
    en: "Client certificates with organisation system:masters: no RBAC rule can limit or revoke them",
    "zh-CN": "组织为 system:masters 的客户端证书：任何 RBAC 规则都不能限制或撤销它",
  }),
  needed("5.1.8", "Few may bind, escalate or impersonate", "限制 bind、escalate 和 impersonate 权限", {
    en: "Who holds these verbs, and why",
    "zh-CN": "谁拥有这些动词，以及理由",
  }),
  needed("5.1.9", "Few may create PersistentVolumes", "限制创建 PersistentVolume 的权限", {
    en: "Who can create PersistentVolumes: with hostPath, they reach the node's files",
    "zh-CN": "谁能创建 PersistentVolume：借助 hostPath 可以访问节点文件",
  }),
  needed("5.1.10", "Few may use nodes/proxy", "限制 nodes/proxy 权限", {
    en: "Who holds nodes/proxy: it reaches the kubelet's API past admission and audit",
    "zh-CN": "谁拥有 nodes/proxy：它绕过准入和审计直达 kubelet API",
  }),
  needed("5.1.11", "Few may approve certificate requests", "限制批准证书签名请求的权限", {
    en: "Who can update certificatesigningrequests/approval, and for which signers",
    "zh-CN": "谁能更新 certificatesigningrequests/approval，以及针对哪些签名者",
  }),
  needed("5.1.12", "Few may change admission webhooks", "限制修改准入 webhook 的权限", {
    en: "Who can change webhook configurations, and why",
    "zh-CN": "谁能修改 webhook 配置，以及理由",
  }),
  needed("5.1.13", "Few may issue service account tokens", "限制签发 ServiceAccount 令牌的权限", {
    en: "Who can create serviceaccounts/token, and for which accounts",
    "zh-CN": "谁能创建 serviceaccounts/token，以及针对哪些账号",
  }),
];
