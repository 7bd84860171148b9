// Which labels of a pod belong to its owner, and which a controller, a release or an injector put there. A policy that
// copies the latter stops matching at the next roll-out.

import type { Labels } from "../../../kubernetes/label-selector.ts";
import type { Pod } from "../pod.ts";

/** `never`: differs between pods or roll-outs. `reluctant`: changes with a release; taken only if nothing else tells. */
export type LabelUse = "preferred" | "usable" | "reluctant" | "never";

const NEVER: ReadonlySet<string> = new Set([
  "pod-template-hash",
  "pod-template-generation",
  "rollouts-pod-template-hash",
  "controller-revision-hash",
  "controller-uid",
  "job-name",
  "apps.kubernetes.io/pod-index",
  "kubernetes.io/hostname",
  "deployment", // of OpenShift's DeploymentConfig: the name of one roll-out
]);

const NEVER_OF = [
  "statefulset.kubernetes.io/",
  "batch.kubernetes.io/",
  "topology.kubernetes.io/",
  "failure-domain.beta.kubernetes.io/",
  "jobset.sigs.k8s.io/",
  "leaderworkerset.sigs.k8s.io/",
];

/** In the order of preference. */
const PREFERRED = [
  "app.kubernetes.io/name",
  "app.kubernetes.io/instance",
  "app.kubernetes.io/component",
  "app",
  "k8s-app",
  "name",
  "component",
];

const RELUCTANT =
  /(^|[./-])(version|revision|rev|chart|hash|checksum|commit|sha|build|date|time|timestamp|generation|uid|uuid|index|ordinal|tls-?mode|managed-by|heritage)$/i;

export function useOf(key: string): LabelUse {
  if (NEVER.has(key) || NEVER_OF.some((prefix) => key.startsWith(prefix))) return "never";
  if (PREFERRED.includes(key)) return "preferred";
  return RELUCTANT.test(key) || key.includes("istio.io/") ? "reluctant" : "usable";
}

const RANK: Readonly<Record<LabelUse, number>> = { preferred: 0, usable: 1, reluctant: 2, never: 3 };

/** Best first. */
export function comparePreference(a: string, b: string): number {
  const useA = useOf(a);
  const useB = useOf(b);
  if (useA !== useB) return RANK[useA] - RANK[useB];
  if (useA === "preferred") return PREFERRED.indexOf(a) - PREFERRED.indexOf(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();
const known = new WeakMap<NonNullable<Labels>, ReadonlyMap<string, string>>();

/** The labels of a pod that may stand in a selector, sorted by key. Worked out once for each set of labels. */
export function stableLabels(labels: Labels): ReadonlyMap<string, string> {
  if (labels == null) return NO_LABELS;
  let made = known.get(labels);
  if (made === undefined) {
    const keys = Object.keys(labels).filter((key) => useOf(key) !== "never");
    made = new Map(keys.sort().map((key) => [key, labels[key] ?? ""]));
    known.set(labels, made);
  }
  return made;
}

/** What all pods have in common. */
export function commonLabels(pods: readonly Pod[]): ReadonlyMap<string, string> {
  let common: Map<string, string> | undefined;
  for (const { labels } of pods) {
    const stable = stableLabels(labels);
    if (common === undefined) common = new Map(stable);
    else for (const [key, value] of common) if (stable.get(key) !== value) common.delete(key);
  }
  return common ?? new Map();
}
