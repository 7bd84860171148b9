// Every technique that the API server takes part in, carried out against a real one: what is promised is used, is refused
// after the change that Ringwall proposes, and is refused where the negative fixture says so.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TECHNIQUES } from "../../../src/attack/techniques.ts";
import { serversUnavailable, testWithServers } from "../../servers/availability.ts";
import { ATTACK_COMPONENTS, startAttackCluster, type AttackCluster } from "./attack-cluster.ts";
import type { CarryOut, CarryOuts } from "./carry-out.ts";
import { IDENTITY_CARRY_OUTS } from "./carry-outs/identities.ts";
import { OUTSIDE_CARRY_OUTS } from "./carry-outs/outside.ts";
import { INJECTION_CARRY_OUTS } from "./carry-outs/injection.ts";
import { NODE_CARRY_OUTS } from "./carry-outs/nodes.ts";
import { POD_CARRY_OUTS } from "./carry-outs/pods.ts";
import { RBAC_CARRY_OUTS } from "./carry-outs/rbac.ts";
import { TOKEN_CARRY_OUTS } from "./carry-outs/tokens.ts";
import { changeObjects } from "./change-objects.ts";
import { readFixture, type Fixture } from "./fixture.ts";
import { isReached, proposedChange } from "./proposed-change.ts";
import { isRefusal, openSite } from "./site.ts";
import { VARIANTS } from "./variants/variants.ts";

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
const TO_THE_END = IDS.filter((id) => CARRY_OUTS[id]?.upTo === undefined);

/** A node always reads what its pods need: no change of an object stops that. */
const UNCUT: ReadonlySet<string> = new Set(["node-authorizer"]);

/** What happens on a node, by its kernel and kubelet, without the API server. */
const ON_NODES: readonly string[] = [
  "control-plane-node",
  "core-pattern",
  "host-log-symlink",
  "host-path-read",
  "host-path-write",
  "host-pid-peers",
  "host-pid-ptrace",
  "load-kernel-module",
  "mount-capability",
  "node-credentials",
  "node-pods",
  "privileged-container",
  "read-any-file",
  "runtime-socket",
  "share-process-namespace",
  "steal-pods",
];

let cluster: AttackCluster | undefined;

beforeAll(async () => {
  if (serversUnavailable(ATTACK_COMPONENTS) === undefined) cluster = await startAttackCluster();
}, 15 * 60_000);
afterAll(async () => {
  await cluster?.stop();
});

describe(`${IDS.length} techniques against the API server, ${TO_THE_END.length} of them to the end of their chain`, () => {
  it("are all but those of nodes", () => {
    expect([...IDS, ...ON_NODES].toSorted()).toEqual(TECHNIQUES.map(({ id }) => id));
    expect(TO_THE_END.length).toBeGreaterThanOrEqual(30);
  });

  for (const id of IDS) {
    testWithServers(
      `${id}: refused after each change that Ringwall proposes and for the negative fixture, else carried out`,
      () => carryOut(id),
      { components: ATTACK_COMPONENTS, timeout: 90_000 },
    );
  }
});

describe("what Ringwall says at the edge of techniques, the API server decides the same", () => {
  for (const [name, variant] of Object.entries(VARIANTS)) {
    testWithServers(
      name,
      async () => {
        const isSaid = isReached(variant, cluster?.minor ?? 0, variant.isComplete === true);
        const prefix = `v${Object.keys(VARIANTS).indexOf(name)}`;
        const isDone = (await outcomeOf(variant.run, variant, prefix)) === "carried out";
        expect({ isSaid, isDone }).toEqual({ isSaid: variant.isGained, isDone: variant.isGained });
      },
      { components: ATTACK_COMPONENTS, timeout: 90_000 },
    );
  }
});

async function carryOut(id: string): Promise<void> {
  const positive = readFixture(id, "positive");
  const { changes, single, isUncut, powers } = proposedChange(positive, cluster?.minor ?? 0);
  expect(isUncut).toBe(UNCUT.has(id));
  const changed = [changes, ...single.map((control) => [control])].filter((one) => one.length > 0);
  const refused = changed.map((controls, index) => ({
    what: controls.map((control) => control.id).join(", "),
    prefix: `c${index}-${id}`,
    fixture: {
      ...positive,
      objects: changeObjects(
        positive.objects,
        controls.map(({ change }) => change),
        powers,
      ),
    },
  }));
  if (CARRY_OUTS[id]?.negativeIsBeyond === undefined)
    refused.push({ what: "the negative fixture", prefix: `n-${id}`, fixture: readFixture(id, "negative") });
  const outcomes: string[] = [];
  for (const batch of CARRY_OUTS[id]?.isAlone === true ? refused.map((one) => [one]) : [refused])
    outcomes.push(...(await Promise.all(batch.map(({ fixture, prefix }) => outcome(id, fixture, prefix)))));
  for (const [index, { what }] of refused.entries())
    expect([what, outcomes[index]]).toEqual([what, expect.stringMatching(/^refused/)]);
  expect(await outcome(id, positive, `p-${id}`)).toBe("carried out");
}

async function outcome(id: string, fixture: Fixture, prefix: string): Promise<string> {
  const run = CARRY_OUTS[id]?.run;
  if (run === undefined) throw new Error(`nothing carries ${id} out`);
  return outcomeOf(run, fixture, prefix);
}

async function outcomeOf(run: CarryOut["run"], fixture: Fixture, prefix: string): Promise<string> {
  if (cluster === undefined) throw new Error("the cluster was not started");
  const site = await openSite(cluster, fixture, prefix);
  try {
    await run(site);
    return "carried out";
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `refused ${error.message}`;
  }
}
