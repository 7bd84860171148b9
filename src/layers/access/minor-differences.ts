// What changes by Kubernetes minor in who may do what: the one table (k/k pkg/features/kube_features.go, defaults).

import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";

export interface AccessFeatures {
  /** GET of pods/exec, attach and portforward (WebSocket) also needs `create` (AuthorizePodWebsocketUpgradeCreatePermission). */
  readonly execNeedsCreate: boolean;
  /** `impersonate:MODE` and `impersonate-on:MODE:VERB` are honoured (ConstrainedImpersonation, KEP-5284). */
  readonly constrainedImpersonation: boolean;
  /** The kubelet asks for nodes/pods, nodes/healthz and nodes/configz before nodes/proxy (KubeletFineGrainedAuthz, KEP-2862). */
  readonly fineGrainedKubelet: boolean;
  /** Nodes read only their own Node and pods (AuthorizeNodeWithSelectors, KEP-4601). */
  readonly nodeSelectors: boolean;
  /** The Node authorizer has rules of its own for ResourceSlices. */
  readonly nodeResourceSlices: boolean;
  /** Nodes may delete their ResourceSlices all at once. */
  readonly nodeDeletesResourceSlices: boolean;
  /** The Node authorizer tells reading a ServiceAccount from creating its token, if only in what it says. */
  readonly nodeServiceAccountReads: boolean;
  /** Checks of role and binding writes name a missing role by the resource written, not by its own. */
  readonly writeErrorsNameTheWritten: boolean;
  /** Nodes read the ServiceAccounts of their pods (KubeletServiceAccountTokenForCredentialProviders, KEP-4412). */
  readonly nodeReadsServiceAccounts: boolean;
  /** Nodes use resource.k8s.io (DynamicResourceAllocation, KEP-4381). */
  readonly dynamicResources: boolean;
  /** Nodes write Events of events.k8s.io too. */
  readonly nodeWritesNewEvents: boolean;
  /** Nodes read ClusterTrustBundles (ClusterTrustBundle, KEP-3257). */
  readonly clusterTrustBundles: boolean;
  /** Nodes request pod certificates (PodCertificateRequest, KEP-4317). */
  readonly podCertificates: boolean;
  /** The Node authorizer has words of its own for a CSINode's status. */
  readonly nodeCsiStatusReads: boolean;
  /** Nodes report the health of volumes in their CSINode's status (CSIVolumeHealth, KEP-1432). */
  readonly volumeHealth: boolean;
  /** The kubelet serves allocatedPods like pods. */
  readonly kubeletAllocatedPods: boolean;
  /** A refusal says of each reason which authorizer gave it. */
  readonly reasonsNameAuthorizers: boolean;
  /** Writes of a ResourceClaim's status ask for more verbs (DRAResourceClaimGranularStatusAuthorization, KEP-4817). */
  readonly granularClaimStatus: boolean;
}

/** Off by default in every known minor. */
const NEVER = Infinity;

/** The minor since which each is on by default. */
const SINCE: { readonly [Feature in keyof AccessFeatures]: KubernetesMinor } = {
  execNeedsCreate: 35,
  constrainedImpersonation: 36,
  fineGrainedKubelet: 33,
  nodeSelectors: 32,
  nodeResourceSlices: 30,
  nodeDeletesResourceSlices: 31,
  nodeServiceAccountReads: 33,
  writeErrorsNameTheWritten: 32,
  nodeReadsServiceAccounts: 34,
  dynamicResources: 34,
  nodeWritesNewEvents: 35,
  clusterTrustBundles: 37,
  podCertificates: 37,
  nodeCsiStatusReads: 37,
  volumeHealth: NEVER,
  kubeletAllocatedPods: 37,
  reasonsNameAuthorizers: 37,
  granularClaimStatus: 36,
};

/** The features of a minor by default; `overrides` are gates the cluster's owner has set. */
export function accessFeatures(minor: KubernetesMinor, overrides: Partial<AccessFeatures> = {}): AccessFeatures {
  const byDefault = Object.entries(SINCE).map(([feature, since]) => [feature, minor >= since] as const);
  const features = Object.fromEntries(byDefault) as { readonly [Feature in keyof AccessFeatures]: boolean }; // SINCE has each
  return { ...features, ...overrides };
}
