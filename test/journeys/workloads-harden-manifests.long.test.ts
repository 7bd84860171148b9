import { describe, expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { enforce, hardenManifests } from "./workloads-harden-manifests.ts";

describe.each(["baseline", "restricted"] as const)("%s", (level) => {
  const controlPlane = sharedControlPlane();
  testWithServers(
    "what harden makes of every workload of real projects is taken where the level is enforced, or listed with questions",
    async () => {
      await enforce(controlPlane(), level);
      const { differences, ...tally } = await hardenManifests(controlPlane(), { level, each: 1 });
      expect(differences).toEqual([]);
      expect(tally.sent).toBeGreaterThan(360);
      expect(tally.objects).toBeGreaterThan(100);
    },
    { timeout: 10 * 60_000 },
  );
});
