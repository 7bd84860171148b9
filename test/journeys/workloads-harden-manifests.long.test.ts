import { describe, expect } from "vitest";
import { hasOracle, testWithOracle } from "../oracles/oracle.ts";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { enforce, hardenManifests } from "./workloads-harden-manifests.ts";

const MANIFESTS = "manifests/manifests.tar.gz";
const NAME =
  "what harden makes of every workload of real projects is taken where the level is enforced, or listed with questions";

describe.each(["baseline", "restricted"] as const)("%s", (level) => {
  if (!hasOracle(MANIFESTS)) {
    testWithOracle(MANIFESTS)(NAME, () => {});
    return;
  }
  const controlPlane = sharedControlPlane();
  testWithServers(
    NAME,
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
