import { describe, expect } from "vitest";
import { testWithServers } from "../../servers/availability.ts";
import { OTHER_KUBERNETES_VERSIONS } from "../../servers/components.ts";
import { sharedControlPlane } from "../../servers/shared-control-plane.ts";
import { compareReviews, compareWrites } from "./access-comparison.ts";
import { createAccessServer } from "./access-server.ts";
import { compareImpersonations, REQUESTORS } from "./impersonation-comparison.ts";

const MINUTES = 60_000;

for (const version of OTHER_KUBERNETES_VERSIONS) {
  describe(`Kubernetes ${version}`, () => {
    const controlPlane = sharedControlPlane({ version, users: REQUESTORS });
    testWithServers(
      "its authorizers, its checks of role and binding writes and its impersonation answer as we do",
      async () => {
        const server = await createAccessServer(controlPlane());
        const reviews = await compareReviews(server, { seed: 30_001, worlds: 20, questionsPerWorld: 400 });
        expect(reviews.differences.slice(0, 5)).toEqual([]);
        expect(Math.min(reviews.allowed, reviews.byNode)).toBeGreaterThan(100);
        const writes = await compareWrites(server, { seed: 31_001, worlds: 10, questionsPerWorld: 80 });
        expect(writes.differences.slice(0, 5)).toEqual([]);
        const impersonated = await compareImpersonations(server, 33_001, 1_000);
        expect(impersonated.differences.slice(0, 5)).toEqual([]);
      },
      { version, timeout: 10 * MINUTES },
    );
  });
}
