// Restricted: volumes come only from the sources that need no access to the node or to a storage system by address.
// Stricter than hostPathVolumes, so that need not run.
// pod-security-admission/policy/check_restrictedVolumes.go

import type { Volume } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { podOffender, type Offender } from "../offender.ts";
import type { PodView } from "../pod-view.ts";
import { distinct, plural, quoteAll } from "../wording.ts";

export const restrictedVolumes: Check = {
  id: "restrictedVolumes",
  level: "restricted",
  revisions: [{ since: 0, overrides: ["hostPathVolumes"], evaluate, locate }],
};

/** Sources a volume may have at restricted. `image` came in 2025 and holds for every version. */
export const UNRESTRICTED_SOURCES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
] as const;

// In the order in which one of several is named.
const RESTRICTED_SOURCES = [
  "hostPath",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "gitRepo",
  "nfs",
  "iscsi",
  "glusterfs",
  "rbd",
  "flexVolume",
  "cinder",
  "cephfs",
  "flocker",
  "fc",
  "azureFile",
  "vsphereVolume",
  "quobyte",
  "azureDisk",
  "photonPersistentDisk",
  "portworxVolume",
  "scaleIO",
  "storageos",
] as const;

const isRestricted = (volume: Volume | null): boolean =>
  volume === null || UNRESTRICTED_SOURCES.every((source) => volume[source] == null);

const restrictedSource = (volume: Volume | null): (typeof RESTRICTED_SOURCES)[number] | undefined =>
  RESTRICTED_SOURCES.find((source) => volume?.[source] != null);

function evaluate(pod: PodView): Violation | undefined {
  const volumes = pod.spec.volumes;
  if (volumes == null || !volumes.some(isRestricted)) return undefined;
  const refused = volumes.filter(isRestricted);
  const names = refused.map((volume) => volume?.name ?? "");
  const sources = distinct(refused.map((volume) => restrictedSource(volume) ?? "unknown"));
  const subject = `${plural(names.length, "volume", "volumes")} ${quoteAll(names)}`;
  const object = `${plural(sources.length, "restricted volume type", "restricted volume types")} ${quoteAll(sources)}`;
  return {
    check: "restrictedVolumes",
    reason: "restricted volume types",
    detail: `${subject} ${plural(names.length, "uses", "use")} ${object}`,
  };
}

// A volume without any known source is itself the offender.
function locate(pod: PodView): Offender[] {
  return (pod.spec.volumes ?? []).flatMap((volume, index) => {
    if (!isRestricted(volume)) return [];
    const source = restrictedSource(volume);
    const path = ["spec", "volumes", index];
    return [podOffender(pod, source === undefined ? path : [...path, source])];
  });
}
