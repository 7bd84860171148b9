// What is said of many ports at once is what is said of each.

import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf } from "../../../test/network/agreement.ts";
import { randomWorld } from "../../../test/network/random-world.ts";
import { connect } from "./connection.ts";
import { explain, type Decision } from "./explanation.ts";
import { contains, covers, isEmpty, union } from "./interval-set.ts";
import type { Network } from "./network.ts";
import { DIRECTIONS } from "./policy.ts";
import { ALL_PORTS, NO_PORTS, portPoint, withoutOtherProtocols, type PortSet } from "./port-set.ts";

const RUNS = { seed: 5, numRuns: 60 };
const world = randomWorld({ hasTiers: true, hasOpenQuestions: true });

function pods(network: Network, position: number) {
  return { kind: "pods", pods: network.workloads[position]?.pods ?? [] } as const;
}

function* pairsOf(network: Network) {
  for (const from of network.workloads.keys())
    for (const to of network.workloads.keys()) yield [pods(network, from), pods(network, to)] as const;
}

function portsOf(decision: Decision): PortSet {
  return "ports" in decision ? decision.ports : ALL_PORTS;
}

function nameOf(decision: Decision): string {
  if (decision.kind === "rule")
    return `${decision.tier} ${decision.policy.id.name} ${decision.rule} ${decision.action}`;
  return decision.kind === "isolated" ? decision.policies.map(({ id }) => id.name).join() : decision.kind;
}

/** The ends of every range that some decision names: between them nothing changes. */
function pointsOf(decisions: readonly Decision[]): readonly number[] {
  const cuts = decisions.flatMap((one) => portsOf(one).flatMap((cut) => [cut - 1, cut]));
  const sample = [1, 80, 8080, 65_535].flatMap((port) => [portPoint("TCP", port), portPoint("UDP", port)]);
  return [...new Set([...cuts, ...sample])].filter((point) => contains(withoutOtherProtocols(ALL_PORTS), point));
}

test("of each port the decisions about all ports that name it are those about it alone, in their order", () => {
  let compared = 0;
  fc.assert(
    fc.property(world, (raw) => {
      const network = networkOf(raw);
      for (const [from, to] of pairsOf(network)) {
        for (const meeting of connect(network.world, from, to).meetings) {
          for (const direction of DIRECTIONS) {
            const all = explain(network.world, direction, meeting, ALL_PORTS);
            for (const point of pointsOf(all)) {
              const alone = explain(network.world, direction, meeting, [point, point + 1]);
              expect(all.filter((one) => contains(portsOf(one), point)).map(nameOf)).toEqual(alone.map(nameOf));
              compared++;
            }
          }
        }
      }
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(10_000);
});

test("the rules behind what is surely open allow all of it, and none of them closes it", () => {
  let compared = 0;
  fc.assert(
    fc.property(world, (raw) => {
      fc.pre(!raw.pods.some(({ spec }) => spec.hostNetwork)); // whose ports are open in one view or the other
      const network = networkOf(raw);
      for (const [source, destination] of pairsOf(network)) {
        const reach = network.reach({ source, destination });
        const open = withoutOtherProtocols(reach.ports);
        if (isEmpty(open)) continue;
        for (const direction of DIRECTIONS) {
          const decisions = reach
            .explainPorts(direction, open)
            .filter((one) => !("action" in one && one.action === "Pass"));
          expect(decisions.some((one) => one.kind === "isolated" || ("action" in one && one.action === "Deny"))).toBe(
            false,
          );
          expect(covers(decisions.map(portsOf).reduce(union, NO_PORTS), open)).toBe(true);
          compared++;
        }
      }
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(500);
});

test("what is closed is explained by what closes it, in one direction at least", () => {
  fc.assert(
    fc.property(world, (raw) => {
      const network = networkOf(raw);
      for (const [source, destination] of pairsOf(network)) {
        const reach = network.reach({ source, destination });
        if (reach.verdict !== "denied" || reach.isUnroutable) continue;
        const closing = DIRECTIONS.flatMap((direction) => reach.explainPorts(direction, ALL_PORTS)).filter(
          (one) => one.kind === "isolated" || ("action" in one && one.action === "Deny"),
        );
        expect(closing.length).toBeGreaterThan(0);
      }
    }),
    RUNS,
  );
});
