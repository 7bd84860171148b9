// Every kind a scan reads from a live cluster, for which feature, and how much of it: the one table from which both the
// requests and the permissions are made. Secrets are not in it and must never be, not even as metadata: to list their
// metadata takes the same right as to read their values (kubernetes/kubernetes issue 55564).

/** Layers whose questions need objects of the cluster; `ringwall permissions FEATURE` takes these words. */
export const FEATURES = ["access", "control-plane", "network", "secrets", "workloads"] as const;
export type Feature = (typeof FEATURES)[number];

export interface ScanKind {
  readonly group: string;
  /** Plural and lower case. */
  readonly resource: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly features: readonly Feature[];
  /** Versions that are understood, best first; whatever the server prefers when absent. */
  readonly versions?: readonly string[];
  /** Only `metadata` is asked for. */
  readonly isMetadataOnly?: true;
}

type Row = readonly [
  resource: string,
  kind: string,
  features: string,
  more?: Pick<ScanKind, "versions" | "isMetadataOnly">,
];

const V1 = { versions: ["v1"] };
const ALPHA = { versions: ["v1alpha1"] };
/** Who carries pods matters to them all. */
const CARRIER = "workloads network secrets access";

export const SCAN_KINDS: readonly ScanKind[] = [
  ...namespaced("", [
    ["configmaps", "ConfigMap", "secrets control-plane workloads", V1],
    ["limitranges", "LimitRange", "workloads", V1],
    ["persistentvolumeclaims", "PersistentVolumeClaim", "workloads access", V1],
    ["pods", "Pod", CARRIER, V1],
    ["podtemplates", "PodTemplate", CARRIER, V1],
    ["replicationcontrollers", "ReplicationController", CARRIER, V1],
    ["resourcequotas", "ResourceQuota", "workloads", V1],
    ["serviceaccounts", "ServiceAccount", "workloads access secrets", V1],
    ["services", "Service", "network workloads", V1],
  ]),
  ...clusterWide("", [
    ["namespaces", "Namespace", "workloads network secrets access", V1],
    ["nodes", "Node", "network access control-plane", V1],
    ["persistentvolumes", "PersistentVolume", "workloads access", V1],
  ]),
  ...namespaced("apps", [
    ["daemonsets", "DaemonSet", CARRIER, V1],
    ["deployments", "Deployment", CARRIER, V1],
    ["replicasets", "ReplicaSet", CARRIER, V1],
    ["statefulsets", "StatefulSet", CARRIER, V1],
  ]),
  ...namespaced("batch", [
    ["cronjobs", "CronJob", CARRIER, V1],
    ["jobs", "Job", CARRIER, V1],
  ]),
  ...namespaced("rbac.authorization.k8s.io", [
    ["rolebindings", "RoleBinding", "access", V1],
    ["roles", "Role", "access", V1],
  ]),
  ...clusterWide("rbac.authorization.k8s.io", [
    ["clusterrolebindings", "ClusterRoleBinding", "access", V1],
    ["clusterroles", "ClusterRole", "access", V1],
  ]),
  ...namespaced("networking.k8s.io", [
    ["ingresses", "Ingress", "network secrets workloads", V1],
    ["networkpolicies", "NetworkPolicy", "network", V1],
  ]),
  ...clusterWide("networking.k8s.io", [["ingressclasses", "IngressClass", "network workloads", V1]]),
  ...namespaced("discovery.k8s.io", [["endpointslices", "EndpointSlice", "network", V1]]),
  ...clusterWide("policy.networking.k8s.io", [
    ["adminnetworkpolicies", "AdminNetworkPolicy", "network", ALPHA],
    ["baselineadminnetworkpolicies", "BaselineAdminNetworkPolicy", "network", ALPHA],
    ["clusternetworkpolicies", "ClusterNetworkPolicy", "network", { versions: ["v1alpha2"] }],
  ]),
  ...namespaced("gateway.networking.k8s.io", [
    ["gateways", "Gateway", "network secrets workloads"],
    ["grpcroutes", "GRPCRoute", "network workloads"],
    ["httproutes", "HTTPRoute", "network workloads"],
    ["referencegrants", "ReferenceGrant", "network workloads"],
    ["tcproutes", "TCPRoute", "network workloads"],
    ["tlsroutes", "TLSRoute", "network workloads"],
    ["udproutes", "UDPRoute", "network workloads"],
  ]),
  ...clusterWide("gateway.networking.k8s.io", [["gatewayclasses", "GatewayClass", "workloads"]]),
  // What scales, protects and watches workloads, and what they ask for by name.
  ...namespaced("autoscaling", [
    ["horizontalpodautoscalers", "HorizontalPodAutoscaler", "workloads", { versions: ["v2", "v1"] }],
  ]),
  ...namespaced("autoscaling.k8s.io", [["verticalpodautoscalers", "VerticalPodAutoscaler", "workloads"]]),
  ...namespaced("keda.sh", [["scaledobjects", "ScaledObject", "workloads"]]),
  ...namespaced("monitoring.coreos.com", [
    ["podmonitors", "PodMonitor", "workloads"],
    ["servicemonitors", "ServiceMonitor", "workloads"],
  ]),
  ...namespaced("policy", [["poddisruptionbudgets", "PodDisruptionBudget", "workloads", V1]]),
  ...clusterWide("scheduling.k8s.io", [["priorityclasses", "PriorityClass", "workloads", V1]]),
  ...namespaced("resource.k8s.io", [
    ["resourceclaims", "ResourceClaim", "workloads"],
    ["resourceclaimtemplates", "ResourceClaimTemplate", "workloads"],
  ]),
  ...namespaced("cilium.io", [["ciliumnetworkpolicies", "CiliumNetworkPolicy", "network"]]),
  ...clusterWide("cilium.io", [["ciliumclusterwidenetworkpolicies", "CiliumClusterwideNetworkPolicy", "network"]]),
  ...namespaced("crd.projectcalico.org", [["networkpolicies", "NetworkPolicy", "network"]]),
  ...clusterWide("crd.projectcalico.org", [["globalnetworkpolicies", "GlobalNetworkPolicy", "network"]]),
  ...clusterWide("admissionregistration.k8s.io", [
    ["mutatingadmissionpolicies", "MutatingAdmissionPolicy", "access control-plane"],
    ["mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding", "access control-plane"],
    ["mutatingwebhookconfigurations", "MutatingWebhookConfiguration", "access control-plane workloads", V1],
    ["validatingadmissionpolicies", "ValidatingAdmissionPolicy", "access control-plane"],
    ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", "access control-plane"],
    ["validatingwebhookconfigurations", "ValidatingWebhookConfiguration", "access control-plane workloads", V1],
  ]),
  ...clusterWide("apiextensions.k8s.io", [["customresourcedefinitions", "CustomResourceDefinition", "workloads", V1]]),
  ...clusterWide("apiregistration.k8s.io", [["apiservices", "APIService", "access control-plane workloads", V1]]),
  // What the Node authorizer derives a kubelet's rights from, besides pods and volumes.
  ...namespaced("certificates.k8s.io", [["podcertificaterequests", "PodCertificateRequest", "access"]]),
  ...clusterWide("resource.k8s.io", [["resourceslices", "ResourceSlice", "access"]]),
  ...clusterWide("storage.k8s.io", [
    ["csidrivers", "CSIDriver", "workloads", { versions: ["v1"], isMetadataOnly: true }],
    ["storageclasses", "StorageClass", "workloads", V1],
    ["volumeattachments", "VolumeAttachment", "access", V1],
  ]),
  ...clusterWide("node.k8s.io", [["runtimeclasses", "RuntimeClass", "workloads", V1]]),
  ...namespaced("external-secrets.io", [
    ["externalsecrets", "ExternalSecret", "secrets"],
    ["secretstores", "SecretStore", "secrets"],
  ]),
  ...clusterWide("external-secrets.io", [
    ["clusterexternalsecrets", "ClusterExternalSecret", "secrets"],
    ["clustersecretstores", "ClusterSecretStore", "secrets"],
  ]),
  ...namespaced("secrets-store.csi.x-k8s.io", [["secretproviderclasses", "SecretProviderClass", "secrets"]]),
  // Custom kinds that carry pods (kubernetes/pod-template.ts).
  ...namespaced("apps.kruise.io", [
    ["advancedcronjobs", "AdvancedCronJob", CARRIER],
    ["broadcastjobs", "BroadcastJob", CARRIER],
    ["clonesets", "CloneSet", CARRIER],
    ["daemonsets", "DaemonSet", CARRIER],
    ["statefulsets", "StatefulSet", CARRIER],
  ]),
  ...namespaced("apps.openshift.io", [["deploymentconfigs", "DeploymentConfig", CARRIER]]),
  ...namespaced("argoproj.io", [["rollouts", "Rollout", CARRIER]]),
  ...namespaced("batch.volcano.sh", [["jobs", "Job", CARRIER]]),
  ...namespaced("flink.apache.org", [["flinkdeployments", "FlinkDeployment", CARRIER]]),
  ...namespaced("jobset.x-k8s.io", [["jobsets", "JobSet", CARRIER]]),
  ...namespaced("keda.sh", [["scaledjobs", "ScaledJob", CARRIER]]),
  ...namespaced("kubeflow.org", [
    ["mpijobs", "MPIJob", CARRIER],
    ["notebooks", "Notebook", CARRIER],
    ["pytorchjobs", "PyTorchJob", CARRIER],
    ["tfjobs", "TFJob", CARRIER],
  ]),
  ...namespaced("leaderworkerset.x-k8s.io", [["leaderworkersets", "LeaderWorkerSet", CARRIER]]),
  ...namespaced("ray.io", [
    ["rayclusters", "RayCluster", CARRIER],
    ["rayjobs", "RayJob", CARRIER],
  ]),
  ...namespaced("serving.knative.dev", [
    ["configurations", "Configuration", CARRIER],
    ["revisions", "Revision", CARRIER],
    ["services", "Service", CARRIER],
  ]),
  ...namespaced("sparkoperator.k8s.io", [["sparkapplications", "SparkApplication", CARRIER]]),
];

/** `deployments.apps`, or `pods` of the core group: as kubectl and RBAC messages name it. */
export function resourceName(kind: Pick<ScanKind, "group" | "resource">): string {
  return kind.group === "" ? kind.resource : `${kind.resource}.${kind.group}`;
}

/** The kinds that any of the features needs. */
export function scanKindsFor(features: readonly Feature[] = FEATURES): readonly ScanKind[] {
  return SCAN_KINDS.filter((kind) => kind.features.some((feature) => features.includes(feature)));
}

function namespaced(group: string, rows: readonly Row[]): readonly ScanKind[] {
  return rows.map((row) => scanKind(group, true, row));
}

function clusterWide(group: string, rows: readonly Row[]): readonly ScanKind[] {
  return rows.map((row) => scanKind(group, false, row));
}

function scanKind(group: string, isNamespaced: boolean, [resource, kind, features, more]: Row): ScanKind {
  const words = features.split(" ");
  return {
    group,
    resource,
    kind,
    isNamespaced,
    features: FEATURES.filter((feature) => words.includes(feature)),
    ...more,
  };
}
