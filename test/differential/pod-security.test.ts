import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { compareEphemeralContainers, comparePods, compareTemplates, type Tally } from "./pod-security-comparison.ts";

const controlPlane = sharedControlPlane();
const MINUTES = { timeout: 5 * 60_000 };

testWithServers(
  "the words of Pod Security admission are ours, for random pods at every level and policy version",
  async () => {
    const tally = await comparePods(controlPlane(), { seed: 20_251, count: 3000 });
    expect(answeredBy(tally)).toBeGreaterThan(3000);
    expect(tally.denied).toBeGreaterThan(answeredBy(tally) / 10);
    expect(tally.warned).toBeGreaterThan(answeredBy(tally) / 10);
    expect(tally.passed).toBeGreaterThan(answeredBy(tally) / 10);
    expect(tally.refused).toBeLessThan(answeredBy(tally) / 10);
  },
  MINUTES,
);

testWithServers(
  "the warnings of Pod Security admission are ours, for random templates of every controller",
  async () => {
    const tally = await compareTemplates(controlPlane(), { seed: 20_252, count: 600 });
    expect(tally.denied).toBe(0);
    expect(tally.warned).toBeGreaterThan(200);
    expect(tally.passed).toBeGreaterThan(50);
  },
  MINUTES,
);

testWithServers(
  "the words of Pod Security admission are ours, for ephemeral containers added to running pods",
  async () => {
    const tally = await compareEphemeralContainers(controlPlane(), { seed: 20_253, count: 600 });
    expect(tally.denied).toBeGreaterThan(200);
    expect(tally.passed).toBeGreaterThan(30);
    expect(tally.refused).toBeLessThan(60);
  },
  MINUTES,
);

function answeredBy({ denied, warned, passed }: Tally): number {
  return denied + warned + passed;
}
