import { describe, expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { compareWorld } from "./namespace-labels-comparison.ts";
import { worldOptions } from "./namespace-labels-world.ts";

for (const version of ["1.34.4", "1.36.3", "1.37.2"]) {
  describe(`Kubernetes ${version}`, () => {
    const controlPlane = sharedControlPlane(worldOptions(version));
    testWithServers(
      "labelling namespaces, and creating and changing objects in them, is answered as we predict",
      async () => {
        const size = { namespaces: 60, podsEach: 12, controllersEach: 3, labellings: 1500, requests: 2600 };
        const { differences, ...tally } = await compareWorld(controlPlane(), { seed: 20_257, ...size });
        expect(differences.slice(0, 5)).toEqual([]);
        expect(tally.requests + tally.objects - tally.invalid).toBeGreaterThan(3000);
        for (const count of [tally.refused, tally.warned, tally.audited, tally.exempt])
          expect(count).toBeGreaterThan(100);
      },
      { version, timeout: 15 * 60_000 },
    );
  });
}
