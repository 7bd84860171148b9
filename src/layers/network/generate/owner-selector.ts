// A selector for each workload of a namespace that picks exactly its pods, by labels that stay over roll-outs. Where
// labels do not tell workloads apart, they share the smallest selector that has them all.

import type { LabelSelector } from "../../../kubernetes/label-selector.ts";
import { matchSelector } from "../../../kubernetes/label-selector.ts";
import type { Pod, Workload } from "../pod.ts";
import { commonLabels, comparePreference, stableLabels, useOf } from "./stable-labels.ts";

/** Workloads that one selector stands for. */
export interface Owner {
  /** Of the first workload. */
  readonly id: string;
  readonly namespace: string;
  /** Sorted by id; more than one where labels do not tell them apart. */
  readonly workloads: readonly Workload[];
  readonly selector: LabelSelector;
  /** What a reviewer should know about the selector. */
  readonly notes: readonly OwnerNote[];
}

/** `shared`: several workloads. `by-absence`: labels that others have. `reluctant`: a label that releases change. */
export type OwnerNote =
  | { readonly code: "shared"; readonly workloads: readonly string[] }
  | { readonly code: "by-absence" | "reluctant"; readonly keys: readonly string[] }
  /** Pods in the node's network that the selector also picks; policies do not reach them. */
  | { readonly code: "also-host-network"; readonly workloads: readonly string[] };

/** Keys of the selector by which the workload's controller knows its pods; empty where there is none. */
export type ControllerKeys = (workload: Workload) => readonly string[];

/**
 * Owners of all workloads of one namespace that policies apply to. O(workloads × labels), more where many workloads have
 * the same labels.
 */
export function findOwners(workloads: readonly Workload[], keysOf: ControllerKeys): readonly Owner[] {
  const index = createIndex(workloads);
  const isolated = workloads.filter(isIsolable);
  const leader = new Map(isolated.map((workload) => [workload, workload]));
  const leaderOf = (workload: Workload): Workload => {
    let one = workload;
    for (let next = leader.get(one); next !== undefined && next !== one; next = leader.get(one)) one = next;
    return one;
  };
  let pending: readonly (readonly Workload[])[] = isolated.map((workload) => [workload]);
  const found = new Map<Workload, Owner>();
  while (pending.length > 0) {
    const changed = new Set<Workload>();
    for (const members of pending) {
      const draft = draftOf(members, members.flatMap(keysOf), index);
      const strangers = draft.others.filter((other) => leader.has(other));
      found.set(leaderOf(members[0] as Workload), ownerOf(members, draft)); // never empty
      for (const other of strangers) {
        const [a, b] = [leaderOf(members[0] as Workload), leaderOf(other)].sort((x, y) => (x.id < y.id ? -1 : 1));
        if (a === undefined || b === undefined || a === b) continue;
        leader.set(b, a);
        found.delete(b);
        changed.add(a);
      }
    }
    const groups = Map.groupBy(isolated, leaderOf);
    pending = [...changed].filter((one) => leaderOf(one) === one).map((one) => groups.get(one) ?? []);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Policies apply to pods with a network of their own. */
export function isIsolable({ pods }: Workload): boolean {
  return pods.some(({ isHostNetwork }) => !isHostNetwork);
}

interface Draft {
  readonly selector: LabelSelector;
  readonly absent: readonly string[];
  readonly reluctant: readonly string[];
  /** Workloads that the selector picks pods of, beside the wanted. */
  readonly others: readonly Workload[];
}

function ownerOf(members: readonly Workload[], { selector, absent, reluctant, others }: Draft): Owner {
  const [first] = members as readonly [Workload]; // never empty
  const notes: OwnerNote[] = [];
  if (members.length > 1) notes.push({ code: "shared", workloads: members.map(({ id }) => id) });
  if (absent.length > 0) notes.push({ code: "by-absence", keys: absent });
  if (reluctant.length > 0) notes.push({ code: "reluctant", keys: reluctant });
  const hosts = others.filter((other) => !isIsolable(other));
  if (hosts.length > 0) notes.push({ code: "also-host-network", workloads: hosts.map(({ id }) => id) });
  return { id: first.id, namespace: first.namespace, workloads: members, selector, notes };
}

/** Which workloads have a pod with some labels. */
interface Index {
  readonly workloads: readonly Workload[];
  readonly having: (key: string, value: string) => ReadonlySet<Workload>;
}

function createIndex(workloads: readonly Workload[]): Index {
  const byLabel = new Map<string, Set<Workload>>();
  for (const workload of workloads) {
    for (const { labels } of workload.pods) {
      for (const [key, value] of stableLabels(labels)) {
        const name = `${key}\u0000${value}`;
        const set = byLabel.get(name);
        if (set === undefined) byLabel.set(name, new Set([workload]));
        else set.add(workload);
      }
    }
  }
  return { workloads, having: (key, value) => byLabel.get(`${key}\u0000${value}`) ?? NOBODY };
}

const NOBODY: ReadonlySet<Workload> = new Set();

function draftOf(members: readonly Workload[], controllerKeys: readonly string[], index: Index): Draft {
  const pods = members.flatMap((workload) => workload.pods);
  const common = commonLabels(pods);
  const chosen = new Map<string, string>();
  for (const key of [...new Set(controllerKeys)].sort(comparePreference)) {
    const value = common.get(key);
    if (value !== undefined && useOf(key) !== "reluctant") chosen.set(key, value);
  }
  const wanted = new Set(members);
  let others = candidates(chosen, index).filter((one) => !wanted.has(one));
  const rest = [...common.keys()].filter((key) => !chosen.has(key)).sort(comparePreference);
  if (chosen.size === 0 && rest[0] !== undefined && useOf(rest[0]) !== "reluctant") {
    const key = rest.shift() ?? "";
    chosen.set(key, common.get(key) ?? "");
    others = others.filter((one) => index.having(key, common.get(key) ?? "").has(one));
  }
  others = others.filter((one) => isPicked({ matchLabels: Object.fromEntries(chosen) }, one.pods));
  while (others.length > 0) {
    const best = bestLabel(rest, common, others, index);
    if (best === undefined) break;
    rest.splice(rest.indexOf(best), 1);
    chosen.set(best, common.get(best) ?? "");
    others = others.filter((one) => isPicked({ matchLabels: Object.fromEntries(chosen) }, one.pods));
  }
  const reluctant = [...chosen.keys()].filter((key) => useOf(key) === "reluctant");
  const absent = others.length === 0 ? [] : absentKeys(pods, others);
  const selector = selectorOf(chosen, absent);
  return { selector, absent, reluctant, others: others.filter((one) => isPicked(selector, one.pods)) };
}

/** Workloads that have every label in some pod; all of them without a label. */
function candidates(chosen: ReadonlyMap<string, string>, index: Index): readonly Workload[] {
  const sets = [...chosen].map(([key, value]) => index.having(key, value)).sort((a, b) => a.size - b.size);
  const [smallest, ...others] = sets;
  if (smallest === undefined) return index.workloads;
  return [...smallest].filter((one) => others.every((set) => set.has(one)));
}

/** The label that leaves the fewest others; the most stable of equals. `undefined` where none helps. */
function bestLabel(
  keys: readonly string[],
  common: ReadonlyMap<string, string>,
  others: readonly Workload[],
  index: Index,
): string | undefined {
  let best: string | undefined;
  let fewest = others.length;
  for (const key of keys) {
    if (best !== undefined && useOf(key) === "reluctant") break; // sorted by preference
    const having = index.having(key, common.get(key) ?? "");
    const left = others.reduce((count, one) => count + (having.has(one) ? 1 : 0), 0);
    if (left < fewest) [best, fewest] = [key, left];
  }
  return best;
}

/** Keys that all remaining others have and no wanted pod has, as few as it takes. */
function absentKeys(pods: readonly Pod[], others: readonly Workload[]): readonly string[] {
  const own = new Set(pods.flatMap(({ labels }) => Object.keys(labels ?? {})));
  const keys: string[] = [];
  let left = others.flatMap((other) => other.pods);
  while (left.length > 0) {
    const counts = new Map<string, number>();
    for (const { labels } of left) {
      for (const key of stableLabels(labels).keys()) if (!own.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const [best] = [...counts].sort(([a, n], [b, m]) => m - n || comparePreference(a, b));
    if (best === undefined) break;
    keys.push(best[0]);
    left = left.filter(({ labels }) => !Object.hasOwn(labels ?? {}, best[0]));
  }
  return keys.sort();
}

function selectorOf(labels: ReadonlyMap<string, string>, absent: readonly string[]): LabelSelector {
  const matchLabels = Object.fromEntries([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...(labels.size === 0 ? {} : { matchLabels }),
    ...(absent.length === 0 ? {} : { matchExpressions: absent.map((key) => ({ key, operator: "DoesNotExist" })) }),
  };
}

function isPicked(selector: LabelSelector, pods: readonly Pod[]): boolean {
  return pods.some(({ labels }) => matchSelector(selector, labels ?? {}) === "match");
}
