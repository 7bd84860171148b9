// Laws of the network engine on random worlds.

import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf } from "../../../test/network/agreement.ts";
import { applyChanges, changesBetween, tableOf } from "../../../test/network/map-table.ts";
import { networkPolicy, randomWorld, ruleOf } from "../../../test/network/random-world.ts";
import { objectsOf, type RawNetworkPolicy, type RawWorld } from "../../../test/network/raw-objects.ts";
import { resourcesOf } from "../../../test/network/resources.ts";
import { connect } from "./connection.ts";
import { covers } from "./interval-set.ts";
import type { Network } from "./network.ts";

const RUNS = { seed: 3, numRuns: 60 };
const world = randomWorld({ hasTiers: true, hasOpenQuestions: true });
const policyWorld = randomWorld({ hasTiers: false, hasOpenQuestions: false });

function pods(network: Network, position: number) {
  return { kind: "pods", pods: network.workloads[position]?.pods ?? [] } as const;
}

/** What is surely open between every two workloads, by position. */
function openPairs(network: Network) {
  const count = network.workloads.length;
  return Array.from({ length: count * count }, (_, pair) => {
    const { both } = connect(network.world, pods(network, Math.floor(pair / count)), pods(network, pair % count));
    return network.world.outcomes.sureOf(both);
  });
}

test("a row of the map says what the single questions say", () => {
  fc.assert(
    fc.property(world, (raw) => {
      const isHost = raw.pods.some(({ spec }) => spec.hostNetwork); // the map leaves their own nodes open
      fc.pre(!isHost);
      const network = networkOf(raw);
      const { outcomes } = network.world;
      const count = network.workloads.length;
      const table = tableOf(network).pairs;
      for (let pair = 0; pair < count * count; pair++) {
        const [from, to] = [Math.floor(pair / count), pair % count];
        if (from === to) continue;
        const { both } = connect(network.world, pods(network, from), pods(network, to));
        const text = `${outcomes.sureOf(both).join()}|${outcomes.possibleOf(both).join()}`;
        expect(table.get(`${network.workloads[from]?.id} > ${network.workloads[to]?.id}`) ?? "|").toBe(text);
      }
    }),
    RUNS,
  );
});

test("the map never says more surely, nor less possibly, than the single questions about host-network pods", () => {
  fc.assert(
    fc.property(world, (raw) => {
      const network = networkOf(raw);
      const { outcomes } = network.world;
      for (const { sources, reached } of network.map().rows()) {
        for (const { outcome, workloads } of reached) {
          for (const [from, to] of [...sources].flatMap((source) =>
            [...workloads].map((one) => [source, one] as const),
          )) {
            if (from === to) continue;
            const { both } = connect(network.world, pods(network, from), pods(network, to));
            expect(covers(outcomes.sureOf(both), outcomes.sureOf(outcome))).toBe(true);
            expect(covers(outcomes.possibleOf(outcome), outcomes.possibleOf(both))).toBe(true);
          }
        }
      }
    }),
    RUNS,
  );
});

test("a changed network is the network built anew", () => {
  const change = fc.record({ index: fc.nat(7), policy: networkPolicy, isRemoval: fc.boolean() });
  fc.assert(
    fc.property(world, fc.array(change, { minLength: 1, maxLength: 5 }), (raw, changes) => {
      let current: RawWorld = raw;
      let network = networkOf(raw);
      for (const { index, policy, isRemoval } of changes) {
        const name = `np${index}`;
        const namespace = current.networkPolicies.find(({ metadata }) => metadata.name === name)?.metadata.namespace;
        const put: RawNetworkPolicy = {
          ...policy,
          metadata: { name, namespace: namespace ?? policy.metadata.namespace ?? "a" },
        };
        const others = current.networkPolicies.filter(({ metadata }) => metadata.name !== name);
        current = { ...current, networkPolicies: isRemoval ? others : [...others, put] };
        const resources = resourcesOf(objectsOf({ ...EMPTY, networkPolicies: [put] }));
        network = network.with(isRemoval ? { remove: resources.map(({ id }) => id) } : { put: resources });
        expect(tableOf(network)).toEqual(tableOf(networkOf(current)));
      }
    }),
    RUNS,
  );
});

test("networks that changed from one another stay what they are", () => {
  fc.assert(
    fc.property(world, world, (raw, other) => {
      const [first, second] = [other.networkPolicies[0], other.networkPolicies[1]];
      const [cluster] = other.clusterPolicies;
      fc.pre(first !== undefined && second !== undefined);
      const puts = [
        { ...EMPTY, networkPolicies: [{ ...first, metadata: { ...first.metadata, name: "new-1" } }] },
        { ...EMPTY, networkPolicies: [{ ...second, metadata: { ...second.metadata, name: "new-2" } }] },
        {
          ...EMPTY,
          clusterPolicies:
            cluster === undefined ? [] : [{ ...cluster, metadata: { ...cluster.metadata, name: "new-3" } }],
        },
      ];
      const all = puts.map((put) => resourcesOf(objectsOf(put)));
      const built = (...numbers: readonly number[]): unknown =>
        tableOf(networkOf(numbers.reduce((joined, number) => join(joined, puts[number] ?? EMPTY), raw)));
      const base = networkOf(raw);
      const [one, two] = [base.with({ put: all[0] ?? [] }), base.with({ put: all[1] ?? [] })];
      const both = one.with({ put: all[1] ?? [] });
      const three = two.with({ put: all[2] ?? [] });
      expect(tableOf(three)).toEqual(built(1, 2));
      expect(tableOf(one)).toEqual(built(0));
      expect(tableOf(both)).toEqual(built(0, 1));
      expect(tableOf(two)).toEqual(built(1));
      expect(tableOf(base)).toEqual(built());
      expect(tableOf(base.with({ put: all[2] ?? [] }))).toEqual(built(2));
    }),
    RUNS,
  );
});

function join(a: RawWorld, b: RawWorld): RawWorld {
  return {
    ...a,
    networkPolicies: [...a.networkPolicies, ...b.networkPolicies],
    clusterPolicies: [...a.clusterPolicies, ...b.clusterPolicies],
  };
}

const EMPTY: RawWorld = { namespaces: [], nodes: [], pods: [], networkPolicies: [], clusterPolicies: [] };

test("pods may come and go too", () => {
  fc.assert(
    fc.property(world, fc.nat(6), (raw, index) => {
      const gone = raw.pods.filter((_, position) => position === index % raw.pods.length);
      const rest = raw.pods.filter((_, position) => position !== index % raw.pods.length);
      const smaller = networkOf(raw).with({
        remove: resourcesOf(objectsOf({ ...EMPTY, pods: gone })).map(({ id }) => id),
      });
      expect(tableOf(smaller)).toEqual(tableOf(networkOf({ ...raw, pods: rest })));
      const again = smaller.with({ put: resourcesOf(objectsOf({ ...EMPTY, pods: gone })) });
      expect(tableOf(again)).toEqual(tableOf(networkOf(raw)));
    }),
    RUNS,
  );
});

test("a map does not differ from itself, and a difference applied to the old map gives the new", () => {
  fc.assert(
    fc.property(world, world, (before, after) => {
      const old = networkOf(before);
      const now = networkOf(after);
      expect(changesBetween(old, old)).toEqual([]);
      const changes = changesBetween(old, now);
      expect(applyChanges(tableOf(old), changes)).toEqual(tableOf(now));
    }),
    RUNS,
  );
});

test("adding an allow rule never closes", () => {
  fc.assert(
    fc.property(
      world,
      fc.nat(5),
      fc.constantFrom("ingress", "egress"),
      ruleOf("ingress"),
      ruleOf("egress"),
      (raw, index, direction, into, out) => {
        const chosen = raw.networkPolicies[index];
        const isIsolating = chosen?.spec.policyTypes?.some((type) => type.toLowerCase() === direction) === true;
        fc.pre(chosen !== undefined && isIsolating);
        const rules = [...(chosen.spec[direction] ?? []), direction === "ingress" ? into : out];
        const wider = { ...chosen, spec: { ...chosen.spec, [direction]: rules } };
        const policies = raw.networkPolicies.map((policy) => (policy === chosen ? wider : policy));
        expectNothingCloses(networkOf(raw), networkOf({ ...raw, networkPolicies: policies }));
      },
    ),
    RUNS,
  );
});

test("adding a policy never closes where every pod it selects is isolated already", () => {
  const deny = { metadata: { name: "deny", namespace: "a" }, spec: { policyTypes: ["Ingress", "Egress"] } };
  fc.assert(
    fc.property(policyWorld, networkPolicy, (raw, policy) => {
      const isolated = { ...raw, networkPolicies: [...raw.networkPolicies, deny] };
      const added = { ...policy, metadata: { name: "added", namespace: "a" } };
      const more = { ...isolated, networkPolicies: [...isolated.networkPolicies, added] };
      expectNothingCloses(networkOf(isolated), networkOf(more));
    }),
    RUNS,
  );
});

test("isolating pods never opens", () => {
  const deny = { metadata: { name: "deny", namespace: "a" }, spec: { policyTypes: ["Ingress", "Egress"] } };
  fc.assert(
    fc.property(policyWorld, (raw) => {
      const tighter = networkOf({ ...raw, networkPolicies: [...raw.networkPolicies, deny] });
      expectNothingCloses(tighter, networkOf(raw));
    }),
    RUNS,
  );
});

function expectNothingCloses(before: Network, after: Network): void {
  const open = openPairs(after);
  for (const [pair, ports] of openPairs(before).entries()) expect(covers(open[pair] ?? [], ports)).toBe(true);
}
