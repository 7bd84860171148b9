// At least one object of every built-in kind that a scan reads and every supported minor serves, and Secrets that it
// must not read.

import { SCAN_KINDS } from "./scan-kinds.ts";

export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

const podSpec = { containers: [{ name: "main", image: "registry.example/main:1" }] };
const labels = { app: "web" };
const template = { metadata: { labels }, spec: podSpec };
const jobTemplate = { spec: { template: { spec: { ...podSpec, restartPolicy: "Never" } } } };
const selector = { matchLabels: labels };
const admission = "admissionregistration.k8s.io/v1";
const rbac = "rbac.authorization.k8s.io";
const webhooks = [
  {
    name: "hook.example.org",
    clientConfig: { url: "https://127.0.0.1:1/" },
    admissionReviewVersions: ["v1"],
    sideEffects: "None",
    failurePolicy: "Ignore",
    rules: [{ apiGroups: ["none.example.org"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nothings"] }],
  },
];
const matchNothing = {
  resourceRules: [
    { apiGroups: ["none.example.org"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nothings"] },
  ],
};

export const OBJECTS: readonly LiveObject[] = [
  ...["shop", "payments"].flatMap((namespace) => [
    object("v1", "Secret", "password", namespace, { stringData: { password: "s3cr3t" } }),
    object("apps/v1", "Deployment", "web", namespace, { spec: { selector, template } }),
  ]),
  object("v1", "ConfigMap", "settings", "shop", { data: { key: "größe 😀" } }),
  object("v1", "LimitRange", "limits", "shop", { spec: { limits: [] } }),
  object("v1", "PersistentVolumeClaim", "data", "shop", {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  }),
  object("v1", "Pod", "bare", "shop", { spec: podSpec }),
  object("v1", "PodTemplate", "template", "shop", { template }),
  object("v1", "ReplicationController", "old", "shop", { spec: { selector: labels, template } }),
  object("v1", "ResourceQuota", "quota", "shop", { spec: { hard: { pods: "100" } } }),
  object("v1", "ServiceAccount", "cart", "shop"),
  object("v1", "Service", "web", "shop", { spec: { ports: [{ port: 80 }] } }),
  object("v1", "Node", "node-1"),
  object("v1", "PersistentVolume", "volume", undefined, {
    spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/data" } },
  }),
  object("apps/v1", "DaemonSet", "agent", "shop", { spec: { selector, template } }),
  object("apps/v1", "ReplicaSet", "orphan", "shop", { spec: { selector, template } }),
  object("apps/v1", "StatefulSet", "db", "shop", { spec: { serviceName: "db", selector, template } }),
  object("batch/v1", "CronJob", "report", "shop", { spec: { schedule: "0 3 * * *", jobTemplate } }),
  object("batch/v1", "Job", "once", "shop", jobTemplate),
  object(`${rbac}/v1`, "Role", "reader", "shop", { rules: [] }),
  object(`${rbac}/v1`, "RoleBinding", "reader", "shop", { roleRef: { apiGroup: rbac, kind: "Role", name: "reader" } }),
  object(`${rbac}/v1`, "ClusterRole", "reader", undefined, { rules: [] }),
  object(`${rbac}/v1`, "ClusterRoleBinding", "reader", undefined, {
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "reader" },
  }),
  object("networking.k8s.io/v1", "Ingress", "web", "shop", {
    spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
  }),
  object("networking.k8s.io/v1", "NetworkPolicy", "deny", "shop", { spec: { podSelector: {} } }),
  object("networking.k8s.io/v1", "IngressClass", "nginx", undefined, { spec: { controller: "example.org/nginx" } }),
  object("discovery.k8s.io/v1", "EndpointSlice", "web-1", "shop", { addressType: "IPv4", endpoints: [] }),
  object(admission, "MutatingWebhookConfiguration", "mutate", undefined, { webhooks }),
  object(admission, "ValidatingWebhookConfiguration", "validate", undefined, { webhooks }),
  object(admission, "ValidatingAdmissionPolicy", "policy", undefined, {
    spec: { matchConstraints: matchNothing, validations: [{ expression: "true" }] },
  }),
  object(admission, "ValidatingAdmissionPolicyBinding", "policy", undefined, {
    spec: { policyName: "policy", validationActions: ["Warn"] },
  }),
  object("apiregistration.k8s.io/v1", "APIService", "v1.none.example.org", undefined, {
    spec: {
      group: "none.example.org",
      version: "v1",
      groupPriorityMinimum: 100,
      versionPriority: 10,
      insecureSkipTLSVerify: true,
      service: { name: "none", namespace: "shop" },
    },
  }),
  object("autoscaling/v2", "HorizontalPodAutoscaler", "web", "shop", {
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, maxReplicas: 3 },
  }),
  object("policy/v1", "PodDisruptionBudget", "web", "shop", { spec: { maxUnavailable: 1, selector } }),
  object("scheduling.k8s.io/v1", "PriorityClass", "urgent", undefined, { value: 1000 }),
  object("storage.k8s.io/v1", "StorageClass", "fast", undefined, { provisioner: "csi.example" }),
  object("storage.k8s.io/v1", "CSIDriver", "csi.example", undefined, { spec: {} }),
  object("storage.k8s.io/v1", "VolumeAttachment", "attached", undefined, {
    spec: { attacher: "csi.example", nodeName: "node-1", source: { persistentVolumeName: "volume" } },
  }),
  object("node.k8s.io/v1", "RuntimeClass", "gvisor", undefined, { handler: "runsc" }),
];

function object(apiVersion: string, kind: string, name: string, namespace?: string, fields: object = {}): LiveObject {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, ...fields };
}

/** Where to create an object. */
export function pathOf(of: {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: { readonly namespace?: string };
}): string {
  const { apiVersion = "", kind = "" } = of;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const plural =
    SCAN_KINDS.find((row) => row.group === group && row.kind === kind)?.resource ?? `${kind.toLowerCase()}s`;
  const { namespace } = of.metadata;
  return `/${group === "" ? "api" : "apis"}/${apiVersion}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${plural}`;
}
