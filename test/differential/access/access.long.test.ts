// The same comparisons at length, with the controllers running: 100,000 questions over 200 worlds and 5,000 writes.

import { afterAll, beforeAll, expect } from "vitest";
import { testWithServers } from "../../servers/availability.ts";
import { CLUSTER_COMPONENTS, startCluster } from "../../servers/cluster.ts";
import type { ControlPlane } from "../../servers/control-plane.ts";
import { compareReviews, compareWrites } from "./access-comparison.ts";
import { createAccessServer, type AccessServer } from "./access-server.ts";

const HALF_AN_HOUR = 30 * 60_000;
const SEED = Number(process.env["RINGWALL_SEED"] ?? 40_001);
const VERSION = process.env["RINGWALL_KUBERNETES"] ?? "1.36.3";

let cluster: ControlPlane | undefined;
let server: AccessServer | undefined;
beforeAll(async () => {
  cluster = await startCluster({ version: VERSION, nodes: 3 });
  server = await createAccessServer(cluster);
}, HALF_AN_HOUR);
afterAll(async () => cluster?.stop());

function started(): AccessServer {
  if (server === undefined) throw new Error("the cluster was not started");
  return server;
}

const OPTIONS = { timeout: HALF_AN_HOUR, components: CLUSTER_COMPONENTS, version: VERSION };

testWithServers(
  `100,000 questions over 200 worlds on ${VERSION}, seed ${SEED}`,
  async () => {
    const tally = await compareReviews(started(), { seed: SEED, worlds: 200, questionsPerWorld: 500, relists: true });
    console.log(`seed ${SEED}: ${tally.asked} asked, ${tally.allowed} allowed, ${tally.byNode} by the Node authorizer`);
    expect(tally.differences.slice(0, 5)).toEqual([]);
    expect(tally.asked).toBe(100_000);
  },
  OPTIONS,
);

testWithServers(
  `5,000 writes on ${VERSION}, seed ${SEED}`,
  async () => {
    const tally = await compareWrites(started(), { seed: SEED, worlds: 90, questionsPerWorld: 150, relists: true });
    console.log(`seed ${SEED}: ${tally.asked} writes, ${tally.allowed} allowed`);
    expect(tally.differences.slice(0, 5)).toEqual([]);
    expect(tally.asked).toBeGreaterThan(5_000);
  },
  OPTIONS,
);
