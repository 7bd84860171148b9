// Label selectors as boxes: each label is an axis, each value that some selector names a point of it.

import type { LabelSelector } from "../../../kubernetes/label-selector.ts";
import { intersect, isEmpty, subtract, union } from "../interval-set.ts";
import { createLabelDictionary, type LabelDictionary, type Requirement } from "../label-dictionary.ts";
import type { PodPeer } from "../policy.ts";
import { both, type Axis, type AxisSet, type Box } from "./box.ts";

/** Which end of the connection labels are about. */
export type Side = "subject" | "peer";

export interface PodBox {
  readonly box: Box;
  /** Labels with the one value that everything in the box has. */
  readonly anchors: readonly string[];
  /** The same, and labels of which it has one of a few values. */
  readonly labels: readonly string[];
}

export interface LabelBoxes {
  /** Pods with these labels, in whatever namespace. `undefined`: no pod can ever have them. */
  readonly labelled: (side: Side, selector: LabelSelector) => PodBox | undefined;
  /** Pods with their namespaces. */
  readonly pods: (side: Side, peer: PodPeer) => PodBox | undefined;
}

const NAMESPACE_NAME = "kubernetes.io/metadata.name";
/** A label that is not there; 0 stands for every value that no selector names. */
const ABSENT = -1;
export const LABEL_END = 2 ** 30;
const MOST_VALUES = 4;

const EVERYTHING: PodBox = { box: new Map(), anchors: [], labels: [] };

export function createLabelBoxes(): LabelBoxes {
  const ofPods = { subject: createSelectors("pods"), peer: createSelectors("pods") };
  const ofNamespaces = { subject: createSelectors("namespaces"), peer: createSelectors("namespaces") };
  const own = { subject: new Map<string, PodBox | undefined>(), peer: new Map<string, PodBox | undefined>() };
  const named = (side: Side, name: string): PodBox | undefined => {
    if (!own[side].has(name)) own[side].set(name, ofNamespaces[side]({ matchLabels: { [NAMESPACE_NAME]: name } }));
    return own[side].get(name);
  };
  return {
    labelled: (side, selector) => ofPods[side](selector),
    pods: (side, { namespaces, pods }) => {
      const where = namespaces.kind === "own" ? named(side, namespaces.name) : ofNamespaces[side](namespaces.selector);
      const who = ofPods[side](pods);
      return where === undefined || who === undefined ? undefined : joined(who, where);
    },
  };
}

/** Both conditions; `undefined` where nothing satisfies them. */
export function joined(a: PodBox, b: PodBox): PodBox | undefined {
  if (a.box.size === 0) return b;
  if (b.box.size === 0) return a;
  const box = both(a.box, b.box);
  if (box === undefined) return undefined;
  return { box, anchors: [...a.anchors, ...b.anchors], labels: [...a.labels, ...b.labels] };
}

function createSelectors(kind: "pods" | "namespaces"): (selector: LabelSelector) => PodBox | undefined {
  const dictionary: LabelDictionary = createLabelDictionary();
  const axes: Axis[] = [];
  const known: (PodBox | "nothing" | undefined)[] = [];
  const nameKey = dictionary.compile({ matchExpressions: [{ key: NAMESPACE_NAME, operator: "Exists" }] });
  // Every namespace has its name.
  if (kind === "namespaces") axes[nameKey.requirements[0]?.key ?? 0] = { whole: [0, LABEL_END] };
  const boxOf = (requirements: readonly Requirement[]): PodBox | undefined => {
    let all: PodBox | undefined = EVERYTHING;
    for (const requirement of requirements) {
      const one = requirementBox(kind, requirement, (axes[requirement.key] ??= { whole: [ABSENT, LABEL_END] }));
      all = all === undefined || one === undefined ? undefined : joined(all, one);
    }
    return all;
  };
  return (selector) => {
    const { id, requirements } = dictionary.compile(selector);
    const found = (known[id] ??= boxOf(requirements) ?? "nothing");
    return found === "nothing" ? undefined : found;
  };
}

function requirementBox(kind: string, requirement: Requirement, axis: Axis): PodBox | undefined {
  const set = allowedBy(requirement, axis);
  if (isEmpty(set)) return undefined;
  const { key, operator, values } = requirement;
  const isShort = operator === "In" && values.length <= MOST_VALUES;
  const labels = isShort ? values.map((value) => `${kind} ${key} ${value}`) : [];
  return { box: new Map([[axis, set]]), labels, anchors: labels.length === 1 ? labels : [] };
}

/** The values a requirement takes, where {@link ABSENT} counts as one. */
function allowedBy({ operator, values }: Requirement, { whole }: Axis): AxisSet {
  const listed = values.reduce<AxisSet>((set, value) => union<number | bigint>(set, [value, value + 1]), []);
  switch (operator) {
    case "In":
      return listed;
    case "NotIn":
      return subtract(whole, listed);
    case "Exists":
      return [0, LABEL_END];
    case "DoesNotExist":
      return intersect(whole, [ABSENT, 0]);
  }
}
