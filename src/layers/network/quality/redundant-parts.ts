// The findings about what NetworkPolicies and cluster policies say twice, each with the smallest spec that says the same.

import type { NetworkFault } from "../network-rule.ts";
import type { JudgedPolicy, NetworkView } from "../network-view.ts";
import { DIRECTIONS, type Policy } from "../policy.ts";
import { evidenceAt } from "../policy-reach.ts";
import type { Entry } from "./entry.ts";
import { flowYaml } from "./flow-yaml.ts";
import {
  contentKey,
  createKeys,
  evidenceElsewhere,
  evidenceOf,
  placesText,
  placeText,
  shortList,
  type RulePlace,
} from "./place.ts";
import type { TierRule } from "./tier-order.ts";
import { smallestSpec } from "./smallest-policy.ts";
import { qualityOf, redundancyOf } from "./view.ts";

/** NetworkPolicies that may be left out as a whole. */
export function* redundantPolicies(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  if (judged.policy.tier !== "NetworkPolicy") return;
  const by = redundancyOf(view, judged).policies.get(judged.policy);
  if (by === undefined) return;
  const elsewhere = by.map(({ resource }) => {
    const other = view.originalOf(resource);
    const path = ["metadata", "name"];
    const position = other.locate(path);
    return { path, value: other.id.name, resource: other.id, ...(position && { position }) };
  });
  const others = shortList(by.map(({ resource }) => resource.id.name));
  const evidence = [
    evidenceAt(judged.policy.resource.object, ["metadata", "name"]),
    ...elsewhere.slice(0, MOST_EVIDENCE),
  ];
  yield { arguments: { others }, evidence };
}

const MOST_EVIDENCE = 4;

/** Rules and peers that may be left out, all of a policy at once; nothing where the policy itself may be. */
export function* redundantRules(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const { policy } = judged;
  if (policy.tier !== "NetworkPolicy") {
    yield* redundantTierRules(policy, view);
    return;
  }
  const { entries, policies, entriesOf } = redundancyOf(view, judged);
  if (policies.has(policy)) return;
  const own = DIRECTIONS.flatMap((direction) => entriesOf(policy, direction));
  const gone = own.filter((entry) => entries.has(entry));
  if (gone.length === 0) return;
  const together = [policy, ...partnersOf(view, policy, gone, entries)].filter((one) => !policies.has(one));
  const all = together.flatMap((one) => DIRECTIONS.flatMap((direction) => entriesOf(one, direction)));
  const kept = new Set(all.filter((entry) => !entries.has(entry)));
  const spec = kept.size > MOST_KEPT ? undefined : smallestSpec(qualityOf(view).space, together, kept);
  const keys = createKeys();
  const places = placesOf(gone, own);
  const smallest = shared(spec === undefined ? NOT_SHOWN : flowYaml(spec), places.length);
  const policyNames = shortList(together.map(({ resource }) => resource.id.name));
  for (const [at, place] of places.entries()) {
    const by = gone.filter((entry) => isIn(place, entry)).flatMap((entry) => entries.get(entry) ?? []);
    yield faultOf(view, place, by, keys, { policies: policyNames, smallest: smallest(at) });
  }
}

/** Past this many entries a smaller spec is not looked for. */
const MOST_KEPT = 1000;
const NOT_SHOWN = "…";

/** Policies for the same pods and directions that say what is redundant: one policy may take the place of all. */
function partnersOf(
  view: NetworkView,
  policy: Policy,
  gone: readonly Entry[],
  entries: ReadonlyMap<Entry, readonly Entry[]>,
): readonly Policy[] {
  const { space } = qualityOf(view);
  const others = new Set(gone.flatMap((entry) => entries.get(entry) ?? []).map((entry) => entry.policy));
  others.delete(policy);
  const isAlike = (other: Policy): boolean =>
    space.subject(other) === space.subject(policy) &&
    DIRECTIONS.every((direction) => (other[direction] === undefined) === (policy[direction] === undefined));
  return [...others].filter(isAlike);
}

/** Past this many characters in all, a spec is given with the first finding of its policy only. */
const MOST_TEXT = 20_000;

function shared(text: string, count: number): (at: number) => string {
  return (at) => (at === 0 || text.length * count <= MOST_TEXT ? text : NOT_SHOWN);
}

/** Whole rules where all of their peers are meant. */
function placesOf(gone: readonly Entry[], all: readonly Entry[]): readonly RulePlace[] {
  const places: RulePlace[] = [];
  for (const [rule, entries] of Map.groupBy(gone, (entry) => entry.rule)) {
    const [first] = entries;
    if (first === undefined) continue;
    const isWhole = all.filter((entry) => entry.rule === rule).length === entries.length;
    if (isWhole) places.push({ policy: first.policy, direction: first.direction, rule });
    else places.push(...entries);
  }
  return places;
}

function isIn({ rule, peer }: RulePlace, entry: Entry): boolean {
  return entry.rule === rule && (peer === undefined || entry.peer === peer);
}

function faultOf(
  view: NetworkView,
  place: RulePlace,
  by: readonly RulePlace[],
  keys: (key: string) => string,
  instead: { readonly policies: string; readonly smallest: string },
): NetworkFault {
  const others = placesText(by, place.policy);
  const elsewhere = by.filter(({ policy }) => policy !== place.policy).slice(0, MOST_EVIDENCE);
  return {
    key: keys(contentKey(place)),
    arguments: { place: placeText(place), others, ...instead },
    evidence: [evidenceOf(place), ...elsewhere.map((one) => evidenceElsewhere(view, one))],
  };
}

function* redundantTierRules(policy: Policy, view: NetworkView): Generator<NetworkFault> {
  const own = redundantIn(policy, view).filter(([, by]) => by.length > 0);
  const keys = createKeys();
  const places = own.map(([one]) => one);
  const smallest = shared(own.length === 0 ? "" : flowYaml(withoutRules(policy, places)), own.length);
  for (const [at, [one, by]] of own.entries())
    yield faultOf(view, one, by, keys, { policies: policy.resource.id.name, smallest: smallest(at) });
}

/** Rules of cluster policies that do what happens anyway: Pass before nothing, Accept in Baseline before nothing. */
export function* defaultRules({ policy }: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  if (policy.tier === "NetworkPolicy") return;
  const keys = createKeys();
  for (const [one, by] of redundantIn(policy, view)) {
    if (by.length > 0) continue;
    const values = { place: placeText(one), action: one.rule.action };
    yield { key: keys(contentKey(one)), arguments: values, evidence: [evidenceOf(one)] };
  }
}

function redundantIn(policy: Policy, view: NetworkView): readonly (readonly [TierRule, readonly TierRule[]])[] {
  return [...qualityOf(view).tierOrder().redundant].filter(([one]) => one.policy === policy);
}

/** The spec as written, without some rules. */
function withoutRules({ resource }: Policy, rules: readonly RulePlace[]): object {
  const spec = (resource.object as { readonly spec?: Readonly<Record<string, unknown>> }).spec ?? {}; // it was read
  const left = DIRECTIONS.flatMap((direction): readonly (readonly [string, unknown])[] => {
    const list = spec[direction];
    if (!Array.isArray(list)) return [];
    const kept: readonly unknown[] = list.filter(
      (_, index) => !rules.some((one) => one.direction === direction && one.rule.index === index),
    );
    return [[direction, kept.length === 0 ? undefined : kept]];
  });
  return { ...spec, ...Object.fromEntries(left) };
}

/** Rules of cluster policies that never decide: earlier ones take all that they match. */
export function* shadowedRules({ policy }: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  if (policy.tier === "NetworkPolicy") return;
  const keys = createKeys();
  for (const [one, by] of qualityOf(view).tierOrder().shadowed) {
    if (one.policy !== policy) continue;
    const elsewhere = by.map((other) => (other.policy === policy ? evidenceOf(other) : evidenceElsewhere(view, other)));
    yield {
      key: keys(contentKey(one)),
      arguments: { place: placeText(one), action: one.rule.action, others: placesText(by, policy) },
      evidence: [evidenceOf(one), ...elsewhere.slice(0, MOST_EVIDENCE)],
    };
  }
}
