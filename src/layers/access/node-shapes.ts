// The objects that tie others to a node, as far as the Node authorizer reads them.

import { objectMeta } from "../../kubernetes/object.ts";
import { anything, array, object, string, type TypeOf } from "../../kubernetes/shape.ts";

const named = object({ name: string });
const secretReference = object({ name: string, namespace: string });
const withSecretRef = object({ secretRef: secretReference });

const containers = array(
  object({
    env: array(object({ valueFrom: object({ secretKeyRef: named, configMapKeyRef: named }) })),
    envFrom: array(object({ secretRef: named, configMapRef: named })),
  }),
);

const podVolume = object({
  name: string,
  azureFile: object({ secretName: string }),
  cephfs: withSecretRef,
  cinder: withSecretRef,
  configMap: named,
  csi: object({ nodePublishSecretRef: named }),
  ephemeral: anything,
  flexVolume: withSecretRef,
  iscsi: withSecretRef,
  persistentVolumeClaim: object({ claimName: string }),
  projected: object({ sources: array(object({ secret: named, configMap: named })) }),
  rbd: withSecretRef,
  scaleIO: withSecretRef,
  secret: object({ secretName: string }),
  storageos: withSecretRef,
});
export type PodVolume = TypeOf<typeof podVolume>;

export const podShape = object({
  metadata: objectMeta,
  spec: object({
    nodeName: string,
    serviceAccountName: string,
    imagePullSecrets: array(named),
    initContainers: containers,
    containers,
    ephemeralContainers: containers,
    volumes: array(podVolume),
    resourceClaims: array(object({ name: string, resourceClaimName: string, resourceClaimTemplateName: string })),
  }),
  status: object({
    resourceClaimStatuses: array(object({ name: string, resourceClaimName: string })),
    extendedResourceClaimStatus: object({ resourceClaimName: string }),
  }),
});
export type NodePod = TypeOf<typeof podShape>;

export const persistentVolumeShape = object({
  spec: object({
    claimRef: object({ namespace: string, name: string }),
    azureFile: object({ secretName: string, secretNamespace: string }),
    cephfs: withSecretRef,
    cinder: withSecretRef,
    csi: object({
      controllerPublishSecretRef: anything,
      nodePublishSecretRef: secretReference,
      nodeStageSecretRef: secretReference,
      nodeExpandSecretRef: secretReference,
    }),
    flexVolume: withSecretRef,
    iscsi: withSecretRef,
    rbd: withSecretRef,
    scaleIO: withSecretRef,
    storageos: withSecretRef,
  }),
});
export type PersistentVolume = TypeOf<typeof persistentVolumeShape>;

/** VolumeAttachment, ResourceSlice and PodCertificateRequest: all name their node in `spec.nodeName`. */
export const onNodeShape = object({ spec: object({ nodeName: string }) });
