import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { compareWorld } from "./namespace-labels-comparison.ts";
import { worldOptions } from "./namespace-labels-world.ts";

const controlPlane = sharedControlPlane(worldOptions());

testWithServers(
  "labelling namespaces, and creating and changing objects in them, is answered as we predict",
  async () => {
    const size = { namespaces: 12, podsEach: 8, controllersEach: 2, labellings: 150, requests: 200 };
    const { differences, ...tally } = await compareWorld(controlPlane(), { seed: 20_256, ...size });
    expect(differences.slice(0, 5)).toEqual([]);
    expect(tally.objects).toBeGreaterThan(80);
    expect(tally.labellings + tally.requests - tally.invalid).toBeGreaterThan(300);
    for (const count of [tally.refused, tally.warned, tally.audited, tally.exempt]) expect(count).toBeGreaterThan(10);
  },
  { timeout: 5 * 60_000 },
);
