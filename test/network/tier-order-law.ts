// Rules of cluster policies that decide nothing, left out of random worlds and compared by the naive evaluator.

import fc from "fast-check";
import { expect } from "vitest";
import { differenceOf } from "./probes.ts";
import { randomWorld } from "./random-world.ts";
import { objectsOf, type RawWorld } from "./raw-objects.ts";
import { resourcesOf } from "./resources.ts";
import { readClusterNetworkPolicy } from "../../src/layers/network/read-cluster-policy.ts";
import type { Policy } from "../../src/layers/network/policy.ts";
import { createSpace } from "../../src/layers/network/quality/space.ts";
import { findTierOrder, type TierRule } from "../../src/layers/network/quality/tier-order.ts";

function policiesOf(raw: RawWorld): readonly Policy[] {
  const objects = objectsOf({ ...raw, namespaces: [], nodes: [], pods: [], networkPolicies: [] });
  return resourcesOf(objects).flatMap((resource) => readClusterNetworkPolicy(resource).policy ?? []);
}

function without(raw: RawWorld, gone: readonly TierRule[]): RawWorld {
  return {
    ...raw,
    clusterPolicies: raw.clusterPolicies.map((policy) => {
      const rulesIn = (direction: "ingress" | "egress") =>
        (policy.spec[direction] ?? []).filter(
          (_, index) =>
            !gone.some(
              (one) =>
                one.policy.resource.id.name === policy.metadata.name &&
                one.direction === direction &&
                one.rule.index === index,
            ),
        );
      return { ...policy, spec: { ...policy.spec, ingress: rulesIn("ingress"), egress: rulesIn("egress") } };
    }),
  };
}

/** Twice the policies, so that rules meet; the second half for all pods. */
const world = fc
  .tuple(
    randomWorld({ hasTiers: true, hasOpenQuestions: true }),
    randomWorld({ hasTiers: true, hasOpenQuestions: true }),
  )
  .map(([raw, other]): RawWorld => ({
    ...raw,
    networkPolicies: raw.networkPolicies.slice(0, 2),
    clusterPolicies: [
      ...raw.clusterPolicies,
      ...other.clusterPolicies.map(({ spec }, index) => ({
        metadata: { name: `more${index}` },
        spec: { ...spec, subject: { namespaces: {} } },
      })),
    ],
  }));

/** Leaving out shadowed and redundant rules, alone and together, changes no connection. Says how many there were. */
export function checkTierOrder(numRuns: number): { readonly shadowed: number; readonly redundant: number } {
  const counts = { shadowed: 0, redundant: 0 };
  let number = 0;
  fc.assert(
    fc.property(world, (raw) => {
      number++;
      const { shadowed, redundant } = findTierOrder(createSpace(), policiesOf(raw));
      counts.shadowed += shadowed.size;
      counts.redundant += redundant.size;
      expect(differenceOf(raw, without(raw, [...shadowed.keys()]), 60, number)).toBeUndefined();
      expect(differenceOf(raw, without(raw, [...redundant.keys()]), 60, number)).toBeUndefined();
      const both = [...shadowed.keys(), ...redundant.keys()];
      expect(differenceOf(raw, without(raw, both), 60, number)).toBeUndefined();
    }),
    { seed: 23, numRuns, endOnFailure: true },
  );
  return counts;
}
