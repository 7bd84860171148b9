// Labels that a controller puts on its pods beside those of the template: selectors may ask for them, templates do not
// have them (k8s.io/api/apps/v1, batch/v1 well-known labels).

import type { TargetKind } from "./reference.ts";

type Accepts = (value: string, owner: string) => boolean;

const any: Accepts = () => true;
const ownName: Accepts = (value, owner) => value === owner;
const ownPod: Accepts = (value, owner) => value.startsWith(`${owner}-`) && /^\d+$/.test(value.slice(owner.length + 1));
const ownJob: Accepts = (value, owner) => value.startsWith(`${owner}-`);

const STATEFUL: Readonly<Record<string, Accepts>> = {
  "statefulset.kubernetes.io/pod-name": ownPod,
  "apps.kubernetes.io/pod-index": any,
  "controller-revision-hash": any,
};
const HASHED = { "pod-template-hash": any };
const OF_JOB = {
  "batch.kubernetes.io/controller-uid": any,
  "batch.kubernetes.io/job-completion-index": any,
  "controller-uid": any,
};

const STAMPS: Readonly<Record<TargetKind, Readonly<Record<string, Accepts>>>> = {
  "apps/DaemonSet": { "controller-revision-hash": any, "pod-template-generation": any },
  "apps/Deployment": HASHED,
  "apps/ReplicaSet": HASHED,
  "apps/StatefulSet": STATEFUL,
  "apps.kruise.io/StatefulSet": STATEFUL,
  "argoproj.io/Rollout": { "rollouts-pod-template-hash": any },
  "batch/CronJob": { ...OF_JOB, "batch.kubernetes.io/job-name": ownJob, "job-name": ownJob },
  "batch/Job": { ...OF_JOB, "batch.kubernetes.io/job-name": ownName, "job-name": ownName },
};

const STAMPED_KEYS: ReadonlySet<string> = new Set(Object.values(STAMPS).flatMap((stamps) => Object.keys(stamps)));

/** Whether some controller stamps this key, so that it is no use to look for it in templates. */
export function isStampedKey(key: string): boolean {
  return STAMPED_KEYS.has(key);
}

/** Whether pods of `owner` (of this kind) get the label from their controller. */
export function isStamped(kind: TargetKind, owner: string, key: string, value: string): boolean {
  return STAMPS[kind]?.[key]?.(value, owner) ?? false;
}

const COMMON_PREFIXES = /(?:^|\.)(?:kubernetes\.io|k8s\.io|helm\.sh)$/;

/** A key under the domain of somebody's controller: `strimzi.io/cluster`, not `app.kubernetes.io/name` or `app`. */
export function isControllersKey(key: string): boolean {
  const slash = key.indexOf("/");
  return slash > 0 && !COMMON_PREFIXES.test(key.slice(0, slash));
}
