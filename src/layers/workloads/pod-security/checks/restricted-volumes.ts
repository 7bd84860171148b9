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

// Spelt out because a loop over names makes the check twice as slow, and every volume of every pod comes by here. `image`
// was added in 2025 to the one revision there is, so it holds for every version.
const isRestricted = (volume: Volume | null): boolean =>
  volume?.emptyDir == null &&
  volume?.configMap == null &&
  volume?.secret == null &&
  volume?.projected == null &&
  volume?.persistentVolumeClaim == null &&
  volume?.csi == null &&
  volume?.downwardAPI == null &&
  volume?.ephemeral == null &&
  volume?.image == null;

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
