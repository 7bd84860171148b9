import { describe, expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { allVersions, compareRemovals } from "./api-removals-comparison.ts";

for (const version of ["1.30.14", "1.33.13", "1.34.4", "1.36.3", "1.37.2"]) {
  describe(`Kubernetes ${version}`, () => {
    const controlPlane = sharedControlPlane(allVersions(version));
    testWithServers(
      "the server warns of the API versions we call deprecated, and of no others",
      async () => {
        expect((await compareRemovals(controlPlane())).differences).toEqual([]);
      },
      { version, timeout: 15 * 60_000 },
    );
  });
}
