// A thousand random clusters with traffic, and for some of them every rule taken away in turn.

import fc from "fast-check";
import { expect, test } from "vitest";
import { guardedBy, judgeGenerated } from "../../../../test/network/judge-generated.ts";
import { asLogged, readLog } from "../../../../test/network/logged-flows.ts";
import { naiveAnswer } from "../../../../test/network/naive-evaluator.ts";
import {
  PROBES,
  randomApplication,
  SOMEWHERE,
  type RandomApplication,
} from "../../../../test/network/random-application.ts";
import type { RawNetworkPolicy, RawWorld } from "../../../../test/network/raw-objects.ts";

for (const kind of ["NetworkPolicy", "ClusterNetworkPolicy"] as const) {
  test(`in a thousand random clusters each ${kind} admits the observed flows and nothing else`, () => {
    let worlds = 0;
    let probes = 0;
    let rules = 0;
    const admitsExactly = fc.property(randomApplication, (application) => {
      const judged = judgeGenerated(application, kind);
      const { connections, necessity } = judged.generated;
      expect(judged.wrong).toBeUndefined();
      expect(connections).toMatchObject({ missing: [], extra: [] });
      expect(necessity.unnecessary).toHaveLength(0);
      worlds++;
      probes += judged.probes;
      rules += necessity.rules;
    });
    fc.assert(admitsExactly, { numRuns: 1200, seed: 10 });
    expect(worlds).toBeGreaterThanOrEqual(1000);
    expect(probes).toBeGreaterThan(500_000);
    expect(rules).toBeGreaterThan(worlds);
  }, 300_000);
}

test("in a thousand random clusters so do policies that are made from a log of the flows", async () => {
  let worlds = 0;
  const admitsExactly = fc.asyncProperty(randomApplication, async (drawn) => {
    const application = asLogged(drawn);
    const { needs } = await readLog(application);
    const { wrong, generated } = judgeGenerated(application, "NetworkPolicy", "closed", needs);
    expect(wrong).toBeUndefined();
    expect(generated.connections).toMatchObject({ missing: [], extra: [] });
    worlds++;
  });
  await fc.assert(admitsExactly, { numRuns: 1200, seed: 32 });
  expect(worlds).toBeGreaterThanOrEqual(1000);
}, 300_000);

test("without any one of its rules, something that was observed is closed", () => {
  let removed = 0;
  const isNeeded = fc.property(randomApplication, (application) => {
    const { generated } = judgeGenerated(application, "NetworkPolicy");
    const guarded = guardedBy(application.world, generated, "NetworkPolicy");
    const before = opennessOf(application, guarded);
    for (const { resource, rules } of generated.policies) {
      for (const { direction, index } of rules) {
        const networkPolicies = guarded.networkPolicies.map((policy) =>
          policy === (resource.object as unknown) ? withoutRule(policy, direction, index) : policy,
        );
        removed++;
        const after = opennessOf(application, { ...guarded, networkPolicies });
        expect(after, `${JSON.stringify(resource.object)} ${direction} ${index}`).toBeLessThan(before);
      }
    }
  });
  fc.assert(isNeeded, { numRuns: 40, seed: 12 });
  expect(removed).toBeGreaterThan(100);
}, 300_000);

function withoutRule(policy: RawNetworkPolicy, direction: "ingress" | "egress", index: number): RawNetworkPolicy {
  const list = (policy.spec[direction] ?? []).filter((_, at) => at !== index);
  return { ...policy, spec: { ...policy.spec, [direction]: list } };
}

/** How much is open: also with nodes, where plugins differ; of a pod and itself what another replica would see. */
function opennessOf({ ownerOf }: RandomApplication, world: RawWorld): number {
  let openness = 0;
  const replicas = world.pods.map((pod) => ({
    ...pod,
    metadata: { ...pod.metadata, name: `${pod.metadata.name}-again` },
  }));
  const doubled = { ...world, pods: [...world.pods, ...replicas] };
  for (const from of [...ownerOf.keys(), ...SOMEWHERE]) {
    for (const to of [...[...ownerOf.keys()].map((name) => `${name}-again`), ...SOMEWHERE]) {
      if (SOMEWHERE.includes(from) && SOMEWHERE.includes(to)) continue;
      for (const [protocol, port] of PROBES) {
        const answer = naiveAnswer(doubled, { from, to, family: 4, protocol, port }, []);
        openness += answer === "allowed" ? 2 : answer === "depends" ? 1 : 0;
      }
    }
  }
  return openness;
}
