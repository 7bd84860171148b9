// PodSpec and PodTemplateSpec as far as engines and rules read them (k8s.io/api/core/v1/types.go).

import { objectMeta } from "./object.ts";
import {
  anything,
  array,
  boolean,
  integer,
  intOrString,
  map,
  object,
  quantity,
  string,
  type Shape,
  type TypeOf,
} from "./shape.ts";

const capabilities = object({ add: array(string), drop: array(string) });
const seLinuxOptions = object({ user: string, role: string, type: string, level: string });
const typedProfile = object({ type: string, localhostProfile: string });
const windowsOptions = object({
  hostProcess: boolean,
  runAsUserName: string,
  gmsaCredentialSpec: string,
  gmsaCredentialSpecName: string,
});

const securityContext = object({
  allowPrivilegeEscalation: boolean,
  appArmorProfile: typedProfile,
  capabilities,
  privileged: boolean,
  procMount: string,
  readOnlyRootFilesystem: boolean,
  runAsGroup: integer,
  runAsNonRoot: boolean,
  runAsUser: integer,
  seLinuxOptions,
  seccompProfile: typedProfile,
  windowsOptions,
});
export type SecurityContext = TypeOf<typeof securityContext>;

const podSecurityContext = object({
  appArmorProfile: typedProfile,
  fsGroup: integer,
  fsGroupChangePolicy: string,
  runAsGroup: integer,
  runAsNonRoot: boolean,
  runAsUser: integer,
  seLinuxOptions,
  seccompProfile: typedProfile,
  supplementalGroups: array(integer),
  sysctls: array(object({ name: string, value: string })),
  windowsOptions,
});
export type PodSecurityContext = TypeOf<typeof podSecurityContext>;

const httpGet = object({
  host: string,
  path: string,
  port: intOrString,
  scheme: string,
  httpHeaders: array(object({ name: string, value: string })),
});
const tcpSocket = object({ host: string, port: intOrString });
const handler = {
  exec: object({ command: array(string) }),
  httpGet,
  tcpSocket,
  grpc: object({ port: integer, service: string }),
};
const probe = object({
  ...handler,
  initialDelaySeconds: integer,
  timeoutSeconds: integer,
  periodSeconds: integer,
  successThreshold: integer,
  failureThreshold: integer,
  terminationGracePeriodSeconds: integer,
});
export type Probe = TypeOf<typeof probe>;
const lifecycleHandler = object({ ...handler, sleep: object({ seconds: integer }) });
export type LifecycleHandler = TypeOf<typeof lifecycleHandler>;

const keyReference = object({ name: string, key: string, optional: boolean });
const envVar = object({
  name: string,
  value: string,
  valueFrom: object({
    configMapKeyRef: keyReference,
    secretKeyRef: keyReference,
    fieldRef: object({ fieldPath: string }),
    resourceFieldRef: object({ containerName: string, resource: string }),
  }),
});
export type EnvVar = TypeOf<typeof envVar>;
const nameReference = object({ name: string, optional: boolean });
const resources = object({ requests: map(quantity), limits: map(quantity), claims: array(anything) });

const container = object({
  name: string,
  image: string,
  imagePullPolicy: string,
  command: array(string),
  args: array(string),
  workingDir: string,
  env: array(envVar),
  envFrom: array(object({ prefix: string, configMapRef: nameReference, secretRef: nameReference })),
  ports: array(object({ name: string, containerPort: integer, hostPort: integer, hostIP: string, protocol: string })),
  resources,
  restartPolicy: string,
  securityContext,
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: object({ postStart: lifecycleHandler, preStop: lifecycleHandler, stopSignal: string }),
  volumeMounts: array(
    object({
      name: string,
      mountPath: string,
      subPath: string,
      subPathExpr: string,
      readOnly: boolean,
      recursiveReadOnly: string,
      mountPropagation: string,
    }),
  ),
  volumeDevices: array(object({ name: string, devicePath: string })),
  stdin: boolean,
  tty: boolean,
  terminationMessagePolicy: string,
  targetContainerName: string,
});
/** A container of any kind; fields that a kind does not have are absent. */
export type Container = TypeOf<typeof container>;

const keyToPath = array(object({ key: string, path: string, mode: integer }));
const projection = object({
  secret: object({ name: string, optional: boolean, items: keyToPath }),
  configMap: object({ name: string, optional: boolean, items: keyToPath }),
  serviceAccountToken: object({ audience: string, expirationSeconds: integer, path: string }),
  downwardAPI: anything,
  clusterTrustBundle: anything,
});
const volumeSources = {
  awsElasticBlockStore: anything,
  azureDisk: anything,
  azureFile: anything,
  cephfs: anything,
  cinder: anything,
  configMap: object({ name: string, optional: boolean, defaultMode: integer, items: keyToPath }),
  csi: object({ driver: string, readOnly: boolean, volumeAttributes: map(string) }),
  downwardAPI: anything,
  emptyDir: object({ medium: string, sizeLimit: quantity }),
  ephemeral: anything,
  fc: anything,
  flexVolume: anything,
  flocker: anything,
  gcePersistentDisk: anything,
  gitRepo: anything,
  glusterfs: anything,
  hostPath: object({ path: string, type: string }),
  image: anything,
  iscsi: anything,
  nfs: anything,
  persistentVolumeClaim: object({ claimName: string, readOnly: boolean }),
  photonPersistentDisk: anything,
  portworxVolume: anything,
  projected: object({ sources: array(projection), defaultMode: integer }),
  quobyte: anything,
  rbd: anything,
  scaleIO: anything,
  secret: object({ secretName: string, optional: boolean, defaultMode: integer, items: keyToPath }),
  storageos: anything,
  vsphereVolume: anything,
} satisfies Record<string, Shape<unknown>>;
const volume = object({ name: string, ...volumeSources });
export type Volume = TypeOf<typeof volume>;
/** Names of the volume sources the API knows (VolumeSource in k8s.io/api/core/v1). */
export const VOLUME_SOURCES: readonly string[] = Object.keys(volumeSources);

export const podSpec = object({
  activeDeadlineSeconds: integer,
  affinity: anything,
  automountServiceAccountToken: boolean,
  containers: array(container),
  dnsConfig: object({
    nameservers: array(string),
    searches: array(string),
    options: array(object({ name: string, value: string })),
  }),
  dnsPolicy: string,
  enableServiceLinks: boolean,
  ephemeralContainers: array(container),
  hostAliases: array(object({ ip: string, hostnames: array(string) })),
  hostIPC: boolean,
  hostNetwork: boolean,
  hostPID: boolean,
  hostUsers: boolean,
  hostname: string,
  imagePullSecrets: array(object({ name: string })),
  initContainers: array(container),
  nodeName: string,
  nodeSelector: map(string),
  os: object({ name: string }),
  preemptionPolicy: string,
  priority: integer,
  priorityClassName: string,
  resources,
  restartPolicy: string,
  runtimeClassName: string,
  schedulerName: string,
  securityContext: podSecurityContext,
  serviceAccount: string,
  serviceAccountName: string,
  shareProcessNamespace: boolean,
  subdomain: string,
  terminationGracePeriodSeconds: integer,
  tolerations: array(
    object({ key: string, operator: string, value: string, effect: string, tolerationSeconds: integer }),
  ),
  topologySpreadConstraints: array(anything),
  volumes: array(volume),
});
export type PodSpec = TypeOf<typeof podSpec>;

/** A Pod, or the template a controller stamps pods from. */
export const podTemplate = object({ metadata: objectMeta, spec: podSpec });
export type PodTemplate = TypeOf<typeof podTemplate>;
