// What may be left out of random policies, left out and compared by the naive evaluator.

import fc from "fast-check";
import { expect } from "vitest";
import { differenceOf } from "./probes.ts";
import { networkPolicy, randomWorld } from "./random-world.ts";
import { objectsOf, type RawNetworkPolicy, type RawRule, type RawWorld } from "./raw-objects.ts";
import { resourcesOf } from "./resources.ts";
import { DIRECTIONS, type Policy } from "../../src/layers/network/policy.ts";
import { readNetworkPolicy } from "../../src/layers/network/read-network-policy.ts";
import type { Entry } from "../../src/layers/network/quality/entry.ts";
import { findRedundancy } from "../../src/layers/network/quality/redundancy.ts";
import { smallestSpec } from "../../src/layers/network/quality/smallest-policy.ts";
import { createSpace } from "../../src/layers/network/quality/space.ts";

/** Worlds in which one namespace has most of the policies, and half of those are for all of its pods. */
const world = fc
  .tuple(
    randomWorld({ hasTiers: false, hasOpenQuestions: true }),
    fc.array(fc.tuple(networkPolicy, fc.boolean()), { minLength: 2, maxLength: 5 }),
  )
  .map(([raw, more]): RawWorld => {
    const added = more.map(([{ spec }, isForAll], index): RawNetworkPolicy => ({
      metadata: { name: `more${index}`, namespace: "a" },
      spec: isForAll ? { ...spec, podSelector: {} } : spec,
    }));
    return { ...raw, networkPolicies: [...raw.networkPolicies, ...added] };
  });

function policiesOf(raw: RawWorld): readonly Policy[] {
  const objects = objectsOf({ ...raw, namespaces: [], nodes: [], pods: [], clusterPolicies: [] });
  return resourcesOf(objects).flatMap((resource) => readNetworkPolicy(resource).policy ?? []);
}

function judged(raw: RawWorld) {
  const space = createSpace();
  const byNamespace = Map.groupBy(policiesOf(raw), ({ resource }) => resource.id.namespace);
  return [...byNamespace.values()].map((given) => ({ space, given, ...findRedundancy(space, given) }));
}

/** The world with each policy as `change` says. */
function changed(raw: RawWorld, change: (policy: RawNetworkPolicy) => readonly RawNetworkPolicy[]): RawWorld {
  return { ...raw, networkPolicies: raw.networkPolicies.flatMap(change) };
}

/** A policy without some entries; a rule without peers left is left out, the directions stay. */
function leftOut(policy: RawNetworkPolicy, read: Policy | undefined, entries: readonly Entry[]): RawNetworkPolicy {
  const policyTypes = DIRECTIONS.filter((direction) => read?.[direction] !== undefined).map((direction) =>
    direction === "ingress" ? "Ingress" : "Egress",
  );
  const rulesOf = (direction: "ingress" | "egress"): readonly RawRule[] =>
    (policy.spec[direction] ?? []).flatMap((rule, index): readonly RawRule[] => {
      const gone = entries.filter((entry) => entry.direction === direction && entry.rule.index === index);
      if (gone.length === 0) return [rule];
      const field = direction === "ingress" ? "from" : "to";
      const peers = (rule[field] ?? []).filter((_, at) => !gone.some(({ peer }) => peer === at));
      return peers.length === 0 ? [] : [{ ...rule, [field]: peers }];
    });
  return { ...policy, spec: { ...policy.spec, policyTypes, ingress: rulesOf("ingress"), egress: rulesOf("egress") } };
}

const keyOf = ({ metadata }: RawNetworkPolicy): string => `${metadata.namespace}/${metadata.name}`;
const nameOf = ({ resource }: Policy): string => `${resource.id.namespace}/${resource.id.name}`;

interface Counts {
  entries: number;
  policies: number;
  unions: number;
  smaller: number;
  /** Policies that others took up. */
  merged: number;
}

/** Probes per world; each of the tests asks as many again. */
const PROBES = 60;

/** Leaving out what is redundant changes no connection, nor does the smallest specs. Says how often there was something. */
export function checkRedundancy(numRuns: number): Counts {
  const counts: Counts = { entries: 0, policies: 0, unions: 0, smaller: 0, merged: 0 };
  let number = 0;
  fc.assert(
    fc.property(world, (raw) => {
      number++;
      const all = judged(raw);
      const entries = all.flatMap((one) => [...one.entries.keys()]);
      const redundant = new Set(all.flatMap((one) => [...one.policies.keys()].map(nameOf)));
      counts.entries += entries.length;
      counts.policies += redundant.size;
      counts.unions += all.flatMap((one) => [...one.entries.values()]).filter((by) => by.length > 1).length;
      const read = new Map(all.flatMap(({ given }) => given.map((policy) => [nameOf(policy), policy] as const)));
      const fewer = changed(raw, (policy) =>
        redundant.has(keyOf(policy))
          ? []
          : [
              leftOut(
                policy,
                read.get(keyOf(policy)),
                entries.filter((entry) => nameOf(entry.policy) === keyOf(policy)),
              ),
            ],
      );
      expect(differenceOf(raw, fewer, PROBES, number)).toBeUndefined();

      const specs = new Map(
        all.flatMap(({ space, given, entries: gone, entriesOf }) =>
          given.map((policy) => {
            const own = DIRECTIONS.flatMap((direction) => entriesOf(policy, direction));
            return [
              nameOf(policy),
              smallestSpec(space, [policy], new Set(own.filter((one) => !gone.has(one)))),
            ] as const;
          }),
        ),
      );
      for (const spec of specs.values()) expect(spec).toBeDefined();
      const smaller = changed(raw, (policy) => {
        const spec = specs.get(keyOf(policy)) as RawNetworkPolicy["spec"]; // defined: see above
        if (JSON.stringify(spec).length < JSON.stringify(policy.spec).length) counts.smaller++;
        return redundant.has(keyOf(policy)) ? [] : [{ ...policy, spec }];
      });
      expect(differenceOf(raw, smaller, PROBES, number)).toBeUndefined();

      const merged = mergedSpecs(all);
      const together = changed(raw, (policy) => {
        if (redundant.has(keyOf(policy))) return [];
        const spec = merged.get(keyOf(policy));
        if (spec === undefined) counts.merged++;
        return spec === undefined ? [] : [{ ...policy, spec }];
      });
      expect(differenceOf(raw, together, PROBES, number)).toBeUndefined();
    }),
    { seed: 17, numRuns },
  );
  return counts;
}

/** One spec for the policies of each subject and list of directions, under the name of the first. */
function mergedSpecs(all: ReturnType<typeof judged>): ReadonlyMap<string, RawNetworkPolicy["spec"]> {
  const merged = new Map<string, RawNetworkPolicy["spec"]>();
  for (const { space, given, entries, policies, entriesOf } of all) {
    const left = given.filter((policy) => !policies.has(policy));
    const keyOfSubject = ({ subject, ingress, egress }: Policy): string =>
      `${JSON.stringify(subject)} ${ingress === undefined} ${egress === undefined}`;
    for (const group of Map.groupBy(left, keyOfSubject).values()) {
      const own = group.flatMap((policy) => DIRECTIONS.flatMap((direction) => entriesOf(policy, direction)));
      const spec = smallestSpec(space, group, new Set(own.filter((one) => !entries.has(one))));
      expect(spec).toBeDefined();
      const [first] = group;
      if (first !== undefined) merged.set(nameOf(first), spec as RawNetworkPolicy["spec"]); // defined: see above
    }
  }
  return merged;
}
