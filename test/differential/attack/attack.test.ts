// Every technique that the API server takes part in, carried out against a real one: what is promised is used, is refused
// after the change that Ringwall proposes, and is refused where the negative fixture says so.

import { afterAll, beforeAll, describe, expect } from "vitest";
import { TECHNIQUES } from "../../../src/attack/techniques.ts";
import { serversUnavailable, testWithServers } from "../../servers/availability.ts";
import { ATTACK_COMPONENTS, startAttackCluster, type AttackCluster } from "./attack-cluster.ts";
import type { CarryOuts } from "./carry-out.ts";
import { IDENTITY_CARRY_OUTS } from "./carry-outs/identities.ts";
import { OUTSIDE_CARRY_OUTS } from "./carry-outs/outside.ts";
import { INJECTION_CARRY_OUTS } from "./carry-outs/injection.ts";
import { NODE_CARRY_OUTS } from "./carry-outs/nodes.ts";
import { POD_CARRY_OUTS } from "./carry-outs/pods.ts";
import { RBAC_CARRY_OUTS } from "./carry-outs/rbac.ts";
import { TOKEN_CARRY_OUTS } from "./carry-outs/tokens.ts";
import { changeObjects } from "./change-objects.ts";
import { readFixture, type Fixture } from "./fixture.ts";
import { proposedChange } from "./proposed-change.ts";
import { isRefusal, openSite } from "./site.ts";

const CARRY_OUTS: CarryOuts = {
  ...IDENTITY_CARRY_OUTS,
  ...INJECTION_CARRY_OUTS,
  ...NODE_CARRY_OUTS,
  ...OUTSIDE_CARRY_OUTS,
  ...POD_CARRY_OUTS,
  ...RBAC_CARRY_OUTS,
  ...TOKEN_CARRY_OUTS,
};
const IDS = Object.keys(CARRY_OUTS).toSorted();

let cluster: AttackCluster | undefined;

beforeAll(async () => {
  if (serversUnavailable(ATTACK_COMPONENTS) === undefined) cluster = await startAttackCluster();
}, 15 * 60_000);
afterAll(async () => cluster?.stop());

describe(`${IDS.length} techniques against the API server`, () => {
  for (const id of IDS) {
    testWithServers(
      `${id}: refused where it should be, refused after the proposed change, else carried out`,
      () => carryOut(id),
      { components: ATTACK_COMPONENTS, timeout: 90_000 },
    );
  }
});

async function carryOut(id: string): Promise<void> {
  expect(TECHNIQUES.map((technique) => technique.id)).toContain(id);
  const positive = readFixture(id, "positive");
  const { changes, isUncut, powers } = proposedChange(positive, cluster?.minor ?? 0);
  if (CARRY_OUTS[id]?.negativeIsBeyond === undefined)
    expect(await outcome(id, readFixture(id, "negative"), `n-${id}`), "the negative fixture").toMatch(/^refused/);
  if (!isUncut) {
    expect(changes.length).toBeGreaterThan(0);
    const objects = changes.reduce((changed, { change }) => changeObjects(changed, change, powers), positive.objects);
    expect(await outcome(id, { ...positive, objects }, `c-${id}`), `after ${changes[0]?.id}`).toMatch(/^refused/);
  }
  expect(await outcome(id, positive, `p-${id}`), "the positive fixture").toBe("carried out");
}

async function outcome(id: string, fixture: Fixture, prefix: string): Promise<string> {
  if (cluster === undefined) throw new Error("the cluster was not started");
  const site = await openSite(cluster, fixture, prefix);
  try {
    await CARRY_OUTS[id]?.run(site);
    return "carried out";
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `refused ${error.message}`;
  }
}
