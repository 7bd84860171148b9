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
  /** Nodes read ClusterTrustBundles (ClusterTrustBundle, KEP-3257). */
  readonly clusterTrustBundles: boolean;
  /** Nodes request pod certificates (PodCertificateRequest, KEP-4317). */
  readonly podCertificates: boolean;
  /** Writes of a ResourceClaim's status ask for more verbs (DRAResourceClaimGranularStatusAuthorization, KEP-4817). */
  readonly granularClaimStatus: boolean;
}

/** The minor since which each is on by default. */
const SINCE: { readonly [Feature in keyof AccessFeatures]: KubernetesMinor } = {
  execNeedsCreate: 35,
  constrainedImpersonation: 36,
  fineGrainedKubelet: 33,
  nodeSelectors: 32,
  nodeResourceSlices: 30,
  nodeDeletesResourceSlices: 31,
  nodeServiceAccountReads: 33,
  writeErrorsNameTheWritten: 33,
  nodeReadsServiceAccounts: 34,
  dynamicResources: 34,
  clusterTrustBundles: 37,
  podCertificates: 37,
  granularClaimStatus: 36,
};

/** The features of a minor by default; `overrides` are gates the cluster's owner has set. */
export function accessFeatures(minor: KubernetesMinor, overrides: Partial<AccessFeatures> = {}): AccessFeatures {
  const isOn = (feature: keyof AccessFeatures) => overrides[feature] ?? minor >= SINCE[feature];
  return {
    execNeedsCreate: isOn("execNeedsCreate"),
    constrainedImpersonation: isOn("constrainedImpersonation"),
    fineGrainedKubelet: isOn("fineGrainedKubelet"),
    nodeSelectors: isOn("nodeSelectors"),
    nodeResourceSlices: isOn("nodeResourceSlices"),
    nodeDeletesResourceSlices: isOn("nodeDeletesResourceSlices"),
    nodeServiceAccountReads: isOn("nodeServiceAccountReads"),
    writeErrorsNameTheWritten: isOn("writeErrorsNameTheWritten"),
    nodeReadsServiceAccounts: isOn("nodeReadsServiceAccounts"),
    dynamicResources: isOn("dynamicResources"),
    clusterTrustBundles: isOn("clusterTrustBundles"),
    podCertificates: isOn("podCertificates"),
    granularClaimStatus: isOn("granularClaimStatus"),
  };
}
