// Which versions of the API's kinds are deprecated or no longer served, from which minor on, and what replaces them:
// the prerelease lifecycles of k8s.io/api, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator
// (zz_generated.prerelease-lifecycle.go), and for versions that went with their package, the last release that had it.

import type { KubernetesMinor } from "./kubernetes-version.ts";

export interface ApiLifecycle {
  /** First minor that calls it deprecated; absent where it went without. */
  readonly deprecated?: KubernetesMinor;
  /** First minor that does not serve it; absent while no minor is set. */
  readonly removed?: KubernetesMinor;
  /** apiVersion to use instead, with the kind where it differs; absent where there is nothing. */
  readonly replacement?: string;
}

type Row = readonly [
  apiVersion: string,
  kinds: string,
  deprecated: KubernetesMinor | undefined,
  removed: KubernetesMinor | undefined,
  replacement: string | undefined,
];

const ROWS: readonly Row[] = [
  // Removed in 1.16
  ["extensions/v1beta1", "DaemonSet Deployment ReplicaSet", 8, 16, "apps/v1"],
  ["extensions/v1beta1", "NetworkPolicy", 9, 16, "networking.k8s.io/v1"],
  ["apps/v1beta1", "ControllerRevision Deployment StatefulSet", 8, 16, "apps/v1"],
  ["apps/v1beta2", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet", 9, 16, "apps/v1"],
  // 1.20, 1.21
  ["settings.k8s.io/v1alpha1", "PodPreset", undefined, 20, undefined],
  ["batch/v2alpha1", "CronJob", undefined, 21, "batch/v1"],
  // 1.22
  ["extensions/v1beta1", "Ingress", 14, 22, "networking.k8s.io/v1"],
  ["networking.k8s.io/v1beta1", "Ingress IngressClass", 19, 22, "networking.k8s.io/v1"],
  [
    "admissionregistration.k8s.io/v1beta1",
    "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
    16,
    22,
    "admissionregistration.k8s.io/v1",
  ],
  ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 16, 22, "apiextensions.k8s.io/v1"],
  ["apiregistration.k8s.io/v1beta1", "APIService", 19, 22, "apiregistration.k8s.io/v1"],
  ["authentication.k8s.io/v1beta1", "TokenReview", 19, 22, "authentication.k8s.io/v1"],
  [
    "authorization.k8s.io/v1beta1",
    "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    19,
    22,
    "authorization.k8s.io/v1",
  ],
  ["certificates.k8s.io/v1beta1", "CertificateSigningRequest", 19, 22, "certificates.k8s.io/v1"],
  ["coordination.k8s.io/v1beta1", "Lease", 19, 22, "coordination.k8s.io/v1"],
  [
    "rbac.authorization.k8s.io/v1beta1",
    "ClusterRole ClusterRoleBinding Role RoleBinding",
    17,
    22,
    "rbac.authorization.k8s.io/v1",
  ],
  ["scheduling.k8s.io/v1beta1", "PriorityClass", 14, 22, "scheduling.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "CSINode", 17, 22, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "CSIDriver StorageClass VolumeAttachment", 19, 22, "storage.k8s.io/v1"],
  // 1.24
  ["storage.k8s.io/v1alpha1", "CSIStorageCapacity VolumeAttachment", 21, 24, "storage.k8s.io/v1"],
  // 1.25
  ["autoscaling/v2beta1", "HorizontalPodAutoscaler", 22, 25, "autoscaling/v2"],
  ["batch/v1beta1", "CronJob", 21, 25, "batch/v1"],
  ["discovery.k8s.io/v1beta1", "EndpointSlice", 21, 25, "discovery.k8s.io/v1"],
  ["events.k8s.io/v1beta1", "Event", 22, 25, "events.k8s.io/v1"],
  ["node.k8s.io/v1beta1", "RuntimeClass", 22, 25, "node.k8s.io/v1"],
  ["policy/v1beta1", "PodDisruptionBudget", 21, 25, "policy/v1"],
  // 1.26, 1.27
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", 23, 26, "autoscaling/v2"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "FlowSchema PriorityLevelConfiguration",
    23,
    26,
    "flowcontrol.apiserver.k8s.io/v1",
  ],
  ["storage.k8s.io/v1beta1", "CSIStorageCapacity", 24, 27, "storage.k8s.io/v1"],
  // 1.29
  [
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "FlowSchema PriorityLevelConfiguration",
    26,
    29,
    "flowcontrol.apiserver.k8s.io/v1",
  ],
  // 1.31 to 1.33
  [
    "resource.k8s.io/v1alpha2",
    "ResourceClaim ResourceClaimTemplate ResourceClass ResourceSlice",
    undefined,
    31,
    "resource.k8s.io/v1",
  ],
  [
    "resource.k8s.io/v1alpha2",
    "PodSchedulingContext ResourceClaimParameters ResourceClassParameters",
    undefined,
    31,
    undefined,
  ],
  ["coordination.k8s.io/v1alpha1", "LeaseCandidate", undefined, 32, "coordination.k8s.io/v1beta1"],
  [
    "admissionregistration.k8s.io/v1alpha1",
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    undefined, // servers with it do not warn
    32,
    "admissionregistration.k8s.io/v1",
  ],
  ["authentication.k8s.io/v1alpha1", "SelfSubjectReview", 29, 32, "authentication.k8s.io/v1"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "FlowSchema PriorityLevelConfiguration",
    29,
    32,
    "flowcontrol.apiserver.k8s.io/v1",
  ],
  ["authentication.k8s.io/v1beta1", "SelfSubjectReview", 30, 33, "authentication.k8s.io/v1"],
  ["networking.k8s.io/v1alpha1", "IPAddress ServiceCIDR", 30, 33, "networking.k8s.io/v1"],
  // 1.34 to 1.37
  [
    "admissionregistration.k8s.io/v1beta1",
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    31,
    34,
    "admissionregistration.k8s.io/v1",
  ],
  [
    "resource.k8s.io/v1alpha3",
    "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
    undefined,
    34,
    "resource.k8s.io/v1",
  ],
  ["certificates.k8s.io/v1alpha1", "PodCertificateRequest", undefined, 35, "certificates.k8s.io/v1beta1"],
  ["storage.k8s.io/v1alpha1", "VolumeAttributesClass", 32, 35, "storage.k8s.io/v1"],
  ["storagemigration.k8s.io/v1alpha1", "StorageVersionMigration", 33, 35, "storagemigration.k8s.io/v1beta1"],
  ["scheduling.k8s.io/v1alpha1", "PriorityClass", undefined, 36, "scheduling.k8s.io/v1"],
  ["scheduling.k8s.io/v1alpha1", "Workload", undefined, 36, "scheduling.k8s.io/v1beta1"],
  ["certificates.k8s.io/v1alpha1", "ClusterTrustBundle", 34, 37, "certificates.k8s.io/v1beta1"],
  ["networking.k8s.io/v1beta1", "IPAddress ServiceCIDR", 34, 37, "networking.k8s.io/v1"],
  ["scheduling.k8s.io/v1alpha2", "PodGroup Workload", undefined, 37, "scheduling.k8s.io/v1beta1"],
  ["storage.k8s.io/v1beta1", "VolumeAttributesClass", 34, 37, "storage.k8s.io/v1"],
  // To come
  [
    "admissionregistration.k8s.io/v1alpha1",
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
    35,
    38,
    "admissionregistration.k8s.io/v1",
  ],
  ["coordination.k8s.io/v1alpha2", "LeaseCandidate", 35, 38, "coordination.k8s.io/v1beta1"],
  ["coordination.k8s.io/v1beta1", "LeaseCandidate", 36, 39, undefined],
  [
    "resource.k8s.io/v1beta1",
    "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
    35,
    38,
    "resource.k8s.io/v1",
  ],
  ["resource.k8s.io/v1alpha3", "DeviceTaintRule", 36, 39, "resource.k8s.io/v1beta2"],
  [
    "resource.k8s.io/v1beta2",
    "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
    36,
    39,
    "resource.k8s.io/v1",
  ],
  [
    "admissionregistration.k8s.io/v1beta1",
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
    37,
    40,
    "admissionregistration.k8s.io/v1",
  ],
  ["certificates.k8s.io/v1beta1", "ClusterTrustBundle PodCertificateRequest", 37, 40, "certificates.k8s.io/v1"],
  ["storagemigration.k8s.io/v1beta1", "StorageVersionMigration", 37, 40, "storagemigration.k8s.io/v1"],
  // Deprecated without a date
  ["v1", "ComponentStatus", 19, undefined, undefined],
  ["v1", "Endpoints", 33, undefined, "discovery.k8s.io/v1 EndpointSlice"],
];

const BY_TYPE: ReadonlyMap<string, ApiLifecycle> = new Map(
  ROWS.flatMap(([apiVersion, kinds, deprecated, removed, replacement]) => {
    const lifecycle: ApiLifecycle = {
      ...(deprecated !== undefined && { deprecated }),
      ...(removed !== undefined && { removed }),
      ...(replacement !== undefined && { replacement }),
    };
    return kinds.split(" ").map((kind) => [`${apiVersion} ${kind}`, lifecycle] as const);
  }),
);

/** Kinds that have, or had, a version with an end. */
export const KINDS_WITH_ENDING_VERSIONS: readonly string[] = [
  ...new Set([...BY_TYPE.keys()].map((type) => type.slice(type.indexOf(" ") + 1))),
].sort();

/** Every `apiVersion Kind` of the table. */
export const ENDING_API_TYPES: readonly string[] = [...BY_TYPE.keys()];

/** The lifecycle of a kind's version; `undefined` while it has no end. */
export function apiLifecycleOf(apiVersion: string, kind: string): ApiLifecycle | undefined {
  return BY_TYPE.get(`${apiVersion} ${kind}`);
}

/** Whether a server of this minor no longer has it. */
export function isRemoved({ removed }: ApiLifecycle, minor: KubernetesMinor): boolean {
  return removed !== undefined && minor >= removed;
}

/** Whether a server of this minor still has it, with a warning. */
export function isDeprecated(lifecycle: ApiLifecycle, minor: KubernetesMinor): boolean {
  return lifecycle.deprecated !== undefined && minor >= lifecycle.deprecated && !isRemoved(lifecycle, minor);
}
