import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { enforce, hardenManifests } from "./workloads-harden-manifests.ts";

const MANIFESTS = "manifests/manifests.tar.gz";
const controlPlane = sharedControlPlane();
const NAME =
  "what harden makes of workloads of real projects is taken where restricted is enforced, or listed with questions";

testWithServers(
  NAME,
  async () => {
    await enforce(controlPlane(), "restricted");
    const { differences, ...tally } = await hardenManifests(controlPlane(), { level: "restricted", each: 9 });
    expect(differences).toEqual([]);
    expect(tally.sent).toBeGreaterThanOrEqual(40);
    expect(tally.hardened).toBeGreaterThan(15);
    expect(tally.objects).toBeGreaterThan(10);
    expect(tally.patched).toBeGreaterThan(15);
  },
  { timeout: 3 * 60_000, oracle: MANIFESTS },
);
