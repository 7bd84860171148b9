// Rules that a scan says admit nothing today, left out of random worlds and compared by the naive evaluator.

import fc from "fast-check";
import { expect } from "vitest";
import { createCluster } from "../../src/cluster/cluster.ts";
import type { Path } from "../../src/kubernetes/path.ts";
import type { NetworkFault } from "../../src/layers/network/network-rule.ts";
import { networkViewOf, type JudgedPolicy, type NetworkView } from "../../src/layers/network/network-view.ts";
import { closedElsewhere, decidedAbove } from "../../src/layers/network/quality/today.ts";
import { differenceOf } from "./probes.ts";
import { randomWorld } from "./random-world.ts";
import { objectsOf, type RawNetworkPolicy, type RawRule, type RawWorld } from "./raw-objects.ts";
import { resourcesOf } from "./resources.ts";

type Judge = (judged: JudgedPolicy, view: NetworkView) => Iterable<NetworkFault>;

/** Namespaces by name, so that peers elsewhere are judged; the naive evaluator adds the same label. */
const world = randomWorld({ hasTiers: true, hasOpenQuestions: true });

/** Leaving out what is called overruled, or closed at the other end, changes no connection of the pods there are. */
export function checkToday(numRuns: number): { readonly overruled: number; readonly closed: number } {
  const counts = { overruled: 0, closed: 0 };
  let number = 0;
  fc.assert(
    fc.property(world, (raw) => {
      number++;
      const view = networkViewOf(createCluster(resourcesOf(objectsOf(raw))));
      for (const [name, judge] of [
        ["overruled", decidedAbove],
        ["closed", closedElsewhere],
      ] as const) {
        const found = placesOf(view, judge);
        counts[name] += [...found.values()].flat().length;
        if (found.size > 0) expect(differenceOf(raw, without(raw, found), 400, number)).toBeUndefined();
      }
    }),
    { seed: 29, numRuns, endOnFailure: true },
  );
  return counts;
}

function placesOf(view: NetworkView, judge: Judge): ReadonlyMap<string, readonly Path[]> {
  const found = new Map<string, readonly Path[]>();
  for (const judged of view.policies) {
    const paths = [...judge(judged, view)].flatMap(({ evidence: [own] }) => (own === undefined ? [] : [own.path]));
    if (paths.length > 0) found.set(judged.resource.id.name, paths);
  }
  return found;
}

function without(raw: RawWorld, places: ReadonlyMap<string, readonly Path[]>): RawWorld {
  return {
    ...raw,
    networkPolicies: raw.networkPolicies.map((policy) => leftOut(policy, places.get(policy.metadata.name) ?? [])),
  };
}

function leftOut(policy: RawNetworkPolicy, paths: readonly Path[]): RawNetworkPolicy {
  if (paths.length === 0) return policy;
  const written = policy.spec.policyTypes ?? [];
  const byRules = (policy.spec.egress ?? []).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  const rulesOf = (direction: "ingress" | "egress"): readonly RawRule[] =>
    (policy.spec[direction] ?? []).flatMap((rule, index): readonly RawRule[] => {
      const own = paths.filter((path) => path[1] === direction && path[2] === index);
      if (own.length === 0) return [rule];
      if (own.some((path) => path.length === 3)) return [];
      const field = direction === "ingress" ? "from" : "to";
      return [{ ...rule, [field]: (rule[field] ?? []).filter((_, at) => !own.some((path) => path[4] === at)) }];
    });
  const policyTypes = written.length === 0 ? byRules : written;
  return { ...policy, spec: { ...policy.spec, policyTypes, ingress: rulesOf("ingress"), egress: rulesOf("egress") } };
}
