// Policies generated from the flows of random clusters. The thousand worlds are in generate-random.long.test.ts.

import fc from "fast-check";
import { expect, test } from "vitest";
import { generate, judgeGenerated } from "../../../../test/network/judge-generated.ts";
import { asLogged, readLog } from "../../../../test/network/logged-flows.ts";
import { randomApplication } from "../../../../test/network/random-application.ts";
import { objectsOf } from "../../../../test/network/raw-objects.ts";
import type { Generated } from "./generate.ts";

for (const kind of ["NetworkPolicy", "ClusterNetworkPolicy"] as const) {
  test(`a ${kind} of each owner admits the observed flows, generalised to owners, and nothing else`, () => {
    const admitsExactly = fc.property(randomApplication, (application) => {
      const { generated, wrong } = judgeGenerated(application, kind);
      expect(wrong).toBeUndefined();
      expect(generated.connections).toMatchObject({ missing: [], extra: [] });
      expect(unnecessary(generated)).toEqual([]);
    });
    fc.assert(admitsExactly, { numRuns: 60, seed: 10 });
  });
}

test("so do those that are made from a log of the flows", async () => {
  const admitsExactly = fc.asyncProperty(randomApplication, async (drawn) => {
    const application = asLogged(drawn);
    const { needs, isIncomplete } = await readLog(application);
    const { generated, wrong } = judgeGenerated(application, "NetworkPolicy", "closed", needs);
    expect(wrong).toBeUndefined();
    expect(generated.connections).toMatchObject({ missing: [], extra: [] });
    expect(isIncomplete && application.flows.length > 0).toBe(false);
  });
  await fc.assert(admitsExactly, { numRuns: 60, seed: 31 });
});

test("workloads without any traffic stay open to whatever else is open", () => {
  const staysOpen = fc.property(randomApplication, (application) => {
    const { generated, wrong } = judgeGenerated(application, "NetworkPolicy", "as-today");
    expect(wrong).toBeUndefined();
    expect(generated.connections).toMatchObject({ missing: [], extra: [] });
    expect(unnecessary(generated)).toEqual([]);
  });
  fc.assert(staysOpen, { numRuns: 60, seed: 21 });
});

test("no selector names a label that differs between pods or roll-outs", () => {
  const volatile = /pod-template-hash|revision-hash|pod-name|pod-index|job-name|controller-uid|template-generation/;
  const isStable = fc.property(randomApplication, (application) => {
    const { policies } = generate(application, "NetworkPolicy");
    expect(JSON.stringify(policies.map(({ resource }) => resource.object))).not.toMatch(volatile);
  });
  fc.assert(isStable, { numRuns: 200, seed: 3 });
});

test("the same input gives the same text, whatever the order of its objects and flows", () => {
  const isStable = fc.property(randomApplication, (application) => {
    const { world, flows, services } = application;
    const turned = { ...application, world: { ...world, pods: world.pods.toReversed() }, flows: flows.toReversed() };
    const textOf = (one: typeof application): string =>
      JSON.stringify(generate(one, "NetworkPolicy").policies.map(({ resource }) => resource.object));
    expect(objectsOf(world).length + services.length).toBeGreaterThan(0);
    expect(textOf(turned)).toBe(textOf(application));
  });
  fc.assert(isStable, { numRuns: 100, seed: 4 });
});

function unnecessary({ necessity }: Generated): readonly string[] {
  return necessity.unnecessary.map(
    ({ policy, rule }) => `${JSON.stringify(policy.resource.object)} ${rule.direction} ${rule.index}`,
  );
}
