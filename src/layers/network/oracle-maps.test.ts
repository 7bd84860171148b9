// The maps of the oracle's worlds against the single questions, whose answers the real evaluator confirms.

import { expect } from "vitest";
import { readOracleLines, testWithOracle } from "../../../test/oracles/oracle.ts";
import { resourcesOf } from "../../../test/network/resources.ts";
import { FAMILY_BORDER, familyOf, LINE_END, pointBefore, type AddressPoint } from "./address.ts";
import { singleAddress } from "./address-set.ts";
import { connect } from "./connection.ts";
import type { End } from "./end.ts";
import { contains } from "./interval-set.ts";
import { createNetwork, type Network } from "./network.ts";
import type { OutsideRange } from "./outside.ts";

const WORLDS = "network-worlds/worlds.dev.ndjson.gz";

function podsAt(network: Network, position: number): End {
  return { kind: "pods", pods: network.workloads[position]?.pods ?? [] };
}

/** By source and target. */
function outcomesOf(network: Network): Int32Array {
  const count = network.workloads.length;
  const outcomes = new Int32Array(count * count);
  for (const { sources, reached } of network.map().rows()) {
    for (const source of sources) {
      const row = outcomes.subarray(source * count, (source + 1) * count);
      for (const { outcome, workloads } of reached) for (const target of workloads) row[target] = outcome;
    }
  }
  return outcomes;
}

testWithOracle(WORLDS)("every pair of the maps of 240 worlds is what the single question says", () => {
  let pairs = 0;
  const wrong: string[] = [];
  for (const { id, objects } of readOracleLines<{ id: string; objects: unknown[] }>(WORLDS)) {
    const network = createNetwork(resourcesOf(objects));
    const count = network.workloads.length;
    for (const [pair, outcome] of outcomesOf(network).entries()) {
      const [from, to] = [Math.floor(pair / count), pair % count];
      if (from === to) continue;
      pairs++;
      const { both } = connect(network.world, podsAt(network, from), podsAt(network, to));
      if (both !== outcome) wrong.push(`${id} ${network.workloads[from]?.id} > ${network.workloads[to]?.id}`);
    }
  }
  expect(pairs).toBe(32_516);
  expect(wrong).toEqual([]);
});

testWithOracle(WORLDS)("every range outside of the maps of 240 worlds is right on both sides of every boundary", () => {
  let asked = 0;
  const wrong: string[] = [];
  for (const { id, objects } of readOracleLines<{ id: string; objects: unknown[] }>(WORLDS)) {
    const network = createNetwork(resourcesOf(objects));
    const { world } = network;
    const points = boundaries(network);
    const outcomeAt = (ranges: readonly OutsideRange[], point: AddressPoint): number =>
      ranges.find(({ addresses }) => contains(addresses, point))?.outcome ?? 0;
    for (const { sources, outside } of network.map().rows()) {
      for (const point of points) {
        const to: End = { kind: "addresses", set: singleAddress(point) };
        const { both } = connect(world, podsAt(network, sources[0] ?? 0), to);
        asked++;
        if (both !== outcomeAt(outside, point)) wrong.push(`${id} to ${point}`);
      }
    }
    for (const { workloads, outside } of network.map().inbound()) {
      for (const point of points) {
        const from: End = { kind: "addresses", set: singleAddress(point) };
        const { both } = connect(world, from, podsAt(network, workloads[0] ?? 0));
        asked++;
        if (both !== outcomeAt(outside, point)) wrong.push(`${id} from ${point}`);
      }
    }
  }
  expect(asked).toBeGreaterThan(50_000);
  expect(wrong).toEqual([]);
});

/** Addresses next to every boundary that are no pod's and no node's; IPv6 only where pods have it. */
function boundaries({ world }: Network): readonly AddressPoint[] {
  const { podAt, nodesAt, blocks } = world;
  const hasSix = [...podAt.keys()].some((point) => familyOf(point) === 6);
  const all = new Set([0, 0xffffffff, ...blocks.flat().flatMap((cut) => [cut, pointBefore(cut)])]);
  return [...all].filter(
    (point) => point >= 0 && point < (hasSix ? LINE_END : FAMILY_BORDER) && !podAt.has(point) && !nodesAt.has(point),
  );
}
