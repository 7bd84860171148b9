// Random volumes of every source the API knows, each with the least that API validation asks for.

import fc, { type Arbitrary } from "fast-check";
import type { JsonObject } from "./sparse.ts";

const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

const SOURCES: readonly JsonObject[] = [
  {},
  { awsElasticBlockStore: { volumeID: "v" } },
  { azureDisk: { diskName: "d", diskURI: "https://disk.example/d" } },
  { azureFile: { secretName: "s", shareName: "s" } },
  { cephfs: { monitors: ["m"] } },
  { cinder: { volumeID: "v" } },
  { configMap: { name: "c" } },
  { csi: { driver: "csi.example.com" } },
  { downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
  { emptyDir: {} },
  { ephemeral: { volumeClaimTemplate: { spec: claim } } },
  { fc: { targetWWNs: ["50060e801049cfd1"], lun: 0 } },
  { flexVolume: { driver: "example/driver" } },
  { flocker: { datasetName: "d" } },
  { gcePersistentDisk: { pdName: "d" } },
  { gitRepo: { repository: "https://git.example/r" } },
  { glusterfs: { endpoints: "e", path: "p" } },
  { hostPath: { path: "/var" } },
  { hostPath: { path: "/etc", type: "Directory" } },
  { image: { reference: "registry.example/data:1" } },
  { iscsi: { targetPortal: "127.0.0.1", iqn: "iqn.2015-02.example.com:test", lun: 0 } },
  { nfs: { server: "s", path: "/p" } },
  { persistentVolumeClaim: { claimName: "c" } },
  { photonPersistentDisk: { pdID: "d" } },
  { portworxVolume: { volumeID: "v" } },
  { projected: { sources: [{ serviceAccountToken: { path: "token" } }] } },
  { quobyte: { registry: "localhost:7861", volume: "v" } },
  { rbd: { monitors: ["m"], image: "i" } },
  { scaleIO: { gateway: "g", system: "s", secretRef: { name: "s" }, volumeName: "v" } },
  { secret: { secretName: "s" } },
  { storageos: { volumeName: "v" } },
  { vsphereVolume: { volumePath: "p" } },
];

const FREE = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
];
const harmless = SOURCES.filter((source) => FREE.some((name) => name in source));

/** Up to five volumes with different names; of any kind in `percent` of the cases. */
export function volumes(percent: number): Arbitrary<JsonObject[]> {
  const source = fc.oneof(
    { weight: percent, arbitrary: fc.constantFrom(...SOURCES) },
    { weight: 100 - percent, arbitrary: fc.constantFrom(...harmless) },
  );
  const name = fc.constantFrom("a", "b", "data", "data-1", "z9", `long-${"x".repeat(58)}`);
  const volume = fc.tuple(name, source).map(([volumeName, fields]) => ({ name: volumeName, ...fields }));
  return fc.uniqueArray(volume, { maxLength: 5, selector: (one) => one.name });
}
