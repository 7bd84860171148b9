// Which pods a selector selects, from labels to pods without looking at all of them: for each namespace the pods that
// carry a label, the shortest such list is searched.

import type { Resource } from "../../../cluster/resource.ts";
import { matchSelector, type LabelSelector, type Labels } from "../../../kubernetes/label-selector.ts";
import type { Projected } from "../../../verdicts/projection.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { TargetKind } from "./reference.ts";
import type { RelationFacts } from "./relation-facts.ts";
import { isControllersKey, isStamped, isStampedKey } from "./stamped-labels.ts";

/** A pod, or the pods a template stands for. */
export interface PodEntry {
  readonly resource: Resource;
  readonly kind: TargetKind;
  readonly facts: RelationFacts;
  readonly pod: PodFacts;
}

export interface PodIndex {
  /** Pods of the namespace, or of every one for `undefined`. */
  readonly in: (namespace: string | undefined) => readonly PodEntry[];
  /** Time grows with the pods that carry the selector's rarest label, not with all pods. */
  readonly select: (namespace: string, selector: LabelSelector) => readonly PodEntry[];
  /** Whether it asks for labels that only controllers outside of the input can give: then nobody can tell. */
  readonly isUndecidable: (namespace: string, selector: LabelSelector) => boolean;
}

interface NamespacePods {
  readonly all: PodEntry[];
  readonly byLabel: Map<string, PodEntry[]>;
  readonly keys: Set<string>;
}

/** O(labels of all pods). A PodTemplate object runs no pods. */
export function createPodIndex(entries: readonly Projected<RelationFacts>[]): PodIndex {
  const namespaces = new Map<string, NamespacePods>();
  const everywhere: PodEntry[] = [];
  for (const { resource, facts } of entries) {
    if (facts.kind === "/PodTemplate") continue;
    for (const pod of facts.pods) {
      const entry = { resource, kind: facts.kind, facts, pod };
      everywhere.push(entry);
      addTo(namespaces, entry);
    }
  }
  const within = (namespace: string): readonly PodEntry[] => namespaces.get(namespace)?.all ?? [];
  return {
    in: (namespace) => (namespace === undefined ? everywhere : within(namespace)),
    select: (namespace, selector) =>
      candidates(namespaces.get(namespace), selector).filter((entry) => isSelected(entry, selector)),
    isUndecidable: (namespace, selector) => {
      const keys = namespaces.get(namespace)?.keys;
      return requiredKeys(selector).some((key) => isControllersKey(key) && !keys?.has(key));
    },
  };
}

function addTo(namespaces: Map<string, NamespacePods>, entry: PodEntry): void {
  const { namespace } = entry.resource.id;
  let pods = namespaces.get(namespace);
  if (pods === undefined) {
    pods = { all: [], byLabel: new Map(), keys: new Set() };
    namespaces.set(namespace, pods);
  }
  pods.all.push(entry);
  for (const [key, value] of Object.entries(entry.pod.labels ?? {})) {
    pods.keys.add(key);
    const label = `${key}=${value ?? ""}`;
    const list = pods.byLabel.get(label);
    if (list === undefined) pods.byLabel.set(label, [entry]);
    else list.push(entry);
  }
}

const NONE: readonly PodEntry[] = [];

function candidates(pods: NamespacePods | undefined, selector: LabelSelector): readonly PodEntry[] {
  if (pods === undefined) return NONE;
  let shortest: readonly PodEntry[] = pods.all;
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (isStampedKey(key)) continue;
    const list = pods.byLabel.get(`${key}=${value ?? ""}`) ?? NONE;
    if (list.length < shortest.length) shortest = list;
  }
  return shortest;
}

/** Whether pods of the entry have the labels, those its controller adds included. */
export function isSelected({ resource, kind, pod }: Omit<PodEntry, "facts">, selector: LabelSelector): boolean {
  if (matchSelector(selector, pod.labels) === "match") return true;
  const wanted = Object.entries(selector.matchLabels ?? {});
  const added = wanted.filter(([key, value]) => isStamped(kind, resource.id.name, key, value ?? ""));
  if (added.length === 0) return false;
  const labels: Labels = { ...pod.labels, ...Object.fromEntries(added) };
  return matchSelector(selector, labels) === "match";
}

function requiredKeys({ matchLabels, matchExpressions }: LabelSelector): readonly string[] {
  const required = (matchExpressions ?? []).flatMap((requirement) =>
    requirement?.operator === "In" || requirement?.operator === "Exists" ? [requirement.key ?? ""] : [],
  );
  return [...Object.keys(matchLabels ?? {}), ...required];
}
