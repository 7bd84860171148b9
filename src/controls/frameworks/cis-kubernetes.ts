// CIS Kubernetes Benchmark, section 5 (policies) as far as objects show it; ids as in 1.12 and 2.0.

import type { Framework, Requirement } from "./framework.ts";
import { cisAccess } from "./cis-kubernetes-access.ts";

const PODS: readonly Requirement[] = [
  {
    id: "5.2.1",
    title: { en: "A mechanism that rejects unsafe pods is active", "zh-CN": "有机制拒绝不安全的 Pod" },
    manual: {
      en: "Namespaces without a Pod Security level, and whether a policy engine covers them (ringwall workloads admit)",
      "zh-CN": "没有 Pod 安全级别的命名空间，以及是否由策略引擎覆盖（ringwall workloads admit）",
    },
  },
  { id: "5.2.2", title: { en: "No privileged containers", "zh-CN": "没有特权容器" } },
  {
    id: "5.2.3",
    title: { en: "No pods among the node's processes (hostPID)", "zh-CN": "Pod 不共享节点进程（hostPID）" },
  },
  {
    id: "5.2.4",
    title: { en: "No pods in the node's IPC namespace (hostIPC)", "zh-CN": "Pod 不共享节点 IPC（hostIPC）" },
  },
  {
    id: "5.2.5",
    title: { en: "No pods in the node's network (hostNetwork)", "zh-CN": "Pod 不共享节点网络（hostNetwork）" },
  },
  {
    id: "5.2.6",
    title: {
      en: "No process can gain more privileges than its parent",
      "zh-CN": "进程不能获得高于父进程的特权",
    },
  },
  { id: "5.2.7", title: { en: "No containers run as root", "zh-CN": "容器不以 root 身份运行" } },
  { id: "5.2.8", title: { en: "No containers with NET_RAW", "zh-CN": "容器没有 NET_RAW" } },
  { id: "5.2.9", title: { en: "Containers hold no capabilities", "zh-CN": "容器没有 capabilities" } },
  { id: "5.2.10", title: { en: "No Windows HostProcess containers", "zh-CN": "没有 Windows HostProcess 容器" } },
  { id: "5.2.11", title: { en: "No directories of the node are mounted", "zh-CN": "不挂载节点目录" } },
  { id: "5.2.12", title: { en: "No ports of the node are taken", "zh-CN": "不占用节点端口" } },
];

const NETWORK: readonly Requirement[] = [
  {
    id: "5.3.1",
    title: { en: "The network plugin enforces NetworkPolicies", "zh-CN": "网络插件执行 NetworkPolicy" },
    manual: {
      en: "Which network plugin runs, and whether it enforces ingress and egress policies",
      "zh-CN": "使用哪个网络插件，它是否执行入站和出站策略",
    },
  },
  { id: "5.3.2", title: { en: "Every namespace has NetworkPolicies", "zh-CN": "每个命名空间都有 NetworkPolicy" } },
];

const SECRETS_AND_IMAGES: readonly Requirement[] = [
  {
    id: "5.4.1",
    title: { en: "Secrets reach containers as files, not as variables", "zh-CN": "Secret 以文件而非环境变量进入容器" },
  },
  {
    id: "5.5.1",
    title: { en: "Only images of proven origin run", "zh-CN": "只运行来源可证的镜像" },
    manual: {
      en: "Whether an admission webhook verifies signatures or attestations of images",
      "zh-CN": "是否有准入 webhook 验证镜像的签名或证明",
    },
  },
];

const GENERAL: readonly Requirement[] = [
  {
    id: "5.6.1",
    title: { en: "Namespaces keep what belongs to different owners apart", "zh-CN": "用命名空间隔离不同归属的资源" },
    manual: {
      en: "Whether teams and environments have namespaces of their own",
      "zh-CN": "各团队和环境是否有自己的命名空间",
    },
  },
  {
    id: "5.6.2",
    title: { en: "Pods run under the runtime's seccomp profile", "zh-CN": "Pod 使用运行时的 seccomp 配置" },
  },
  {
    id: "5.6.3",
    title: { en: "Pods and containers have a security context", "zh-CN": "Pod 和容器设置了安全上下文" },
    manual: {
      en: "Whether each application's security context is as tight as the application allows",
      "zh-CN": "各应用的安全上下文是否已收紧到应用所允许的程度",
    },
  },
  { id: "5.6.4", title: { en: "Nothing runs in the default namespace", "zh-CN": "default 命名空间中不运行任何东西" } },
];

export const cisKubernetes: Framework = {
  id: "cis-kubernetes",
  title: { en: "CIS Kubernetes Benchmark, policies", "zh-CN": "CIS Kubernetes 基准（策略）" },
  references: ["CIS Kubernetes Benchmark 1.12 and 2.0, section 5"],
  requirements: [...cisAccess, ...PODS, ...NETWORK, ...SECRETS_AND_IMAGES, ...GENERAL],
};
