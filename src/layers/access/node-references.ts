// What a pod or a persistent volume lets its node read (k/k plugin/pkg/auth/authorizer/node/graph.go AddPod, AddPV;
// pkg/api/v1/pod/util.go, pkg/api/v1/persistentvolume/util.go).

import type { NodePod, PersistentVolume, PodVolume } from "./node-shapes.ts";
import { keyOf } from "./resource-reference.ts";

export type VertexKind =
  | "configmap"
  | "persistentvolume"
  | "persistentvolumeclaim"
  | "pod"
  | "podcertificaterequest"
  | "resourceclaim"
  | "resourceslice"
  | "secret"
  | "serviceaccount"
  | "volumeattachment";

/** Key of an object in the graph. */
export function vertexKey(kind: VertexKind, namespace: string, name: string): string {
  return `${kind}\u0000${keyOf(namespace, name)}`;
}

const MIRROR_POD = "kubernetes.io/config.mirror";

/** The vertices a pod leads to its node; none for a mirror pod, which a node can make itself. */
export function podReferences(pod: NodePod, namespace: string): readonly string[] {
  if (pod.metadata?.annotations?.[MIRROR_POD] !== undefined) return [];
  const spec = pod.spec ?? {};
  const found = new Set<string>();
  const add = (kind: VertexKind, name: string | null | undefined) => {
    if (name) found.add(vertexKey(kind, namespace, name)); // empty names are skipped upstream too
  };
  add("serviceaccount", spec.serviceAccountName);
  for (const secret of spec.imagePullSecrets ?? []) add("secret", secret?.name);
  for (const list of [spec.initContainers, spec.containers, spec.ephemeralContainers]) {
    for (const container of list ?? []) {
      for (const from of container?.envFrom ?? []) {
        add("secret", from?.secretRef?.name);
        add("configmap", from?.configMapRef?.name);
      }
      for (const variable of container?.env ?? []) {
        add("secret", variable?.valueFrom?.secretKeyRef?.name);
        add("configmap", variable?.valueFrom?.configMapKeyRef?.name);
      }
    }
  }
  for (const volume of spec.volumes ?? []) addVolume(volume ?? {}, pod.metadata?.name ?? "", add);
  addClaims(pod, add);
  return [...found];
}

type Add = (kind: VertexKind, name: string | null | undefined) => void;

function addVolume(volume: PodVolume, podName: string, add: Add): void {
  add("secret", volume.azureFile?.secretName);
  for (const source of [volume.cephfs, volume.cinder, volume.flexVolume, volume.rbd])
    add("secret", source?.secretRef?.name);
  for (const source of [volume.scaleIO, volume.iscsi, volume.storageos]) add("secret", source?.secretRef?.name);
  for (const source of volume.projected?.sources ?? []) {
    add("secret", source?.secret?.name);
    add("configmap", source?.configMap?.name);
  }
  add("secret", volume.secret?.secretName);
  add("secret", volume.csi?.nodePublishSecretRef?.name);
  add("configmap", volume.configMap?.name);
  if (volume.persistentVolumeClaim != null) add("persistentvolumeclaim", volume.persistentVolumeClaim.claimName);
  else if (volume.ephemeral != null) add("persistentvolumeclaim", `${podName}-${volume.name ?? ""}`);
}

function addClaims(pod: NodePod, add: Add): void {
  for (const claim of pod.spec?.resourceClaims ?? []) {
    if (claim?.resourceClaimName != null) add("resourceclaim", claim.resourceClaimName);
    else if (claim?.resourceClaimTemplateName != null) {
      const status = pod.status?.resourceClaimStatuses?.find((one) => (one?.name ?? "") === (claim.name ?? ""));
      add("resourceclaim", status?.resourceClaimName);
    }
  }
  add("resourceclaim", pod.status?.extendedResourceClaimStatus?.resourceClaimName);
}

/** The secrets that the kubelet needs for a bound volume; without a claim there are none. */
export function volumeSecrets(volume: PersistentVolume): readonly string[] {
  const spec = volume.spec ?? {};
  const claimNamespace = spec.claimRef?.namespace ?? "";
  const found = new Set<string>();
  const add = (namespace: string, name: string | null | undefined) => {
    if (name) found.add(vertexKey("secret", namespace, name)); // empty names are skipped upstream too
  };
  add(spec.azureFile?.secretNamespace || claimNamespace, spec.azureFile?.secretName); // empty is absent
  for (const source of [spec.cephfs, spec.flexVolume, spec.rbd, spec.scaleIO, spec.iscsi]) {
    add(source?.secretRef?.namespace || claimNamespace, source?.secretRef?.name); // empty is absent
  }
  for (const source of [spec.cinder, spec.storageos]) add(source?.secretRef?.namespace ?? "", source?.secretRef?.name);
  const { csi } = spec;
  for (const reference of [csi?.nodePublishSecretRef, csi?.nodeStageSecretRef, csi?.nodeExpandSecretRef]) {
    add(reference?.namespace ?? "", reference?.name);
  }
  return [...found];
}
