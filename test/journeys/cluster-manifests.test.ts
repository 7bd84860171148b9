// Real applications loaded into a live API server and scanned there.

import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { hasOracle } from "../oracles/oracle.ts";
import { compareApplications, loadApplications } from "./compare-applications.ts";
import { MANIFESTS } from "./manifests-of-applications.ts";

if (hasOracle(MANIFESTS)) {
  const plane = sharedControlPlane();
  testWithServers(
    "a live server gives the findings of the files it took",
    async () => {
      const loaded = await loadApplications(plane());
      expect(loaded.accepted.length).toBeGreaterThan(1000);
      const { files, unexplained, code } = await compareApplications(plane(), loaded);
      expect(unexplained).toEqual([]);
      expect(files).toBeGreaterThan(5000);
      expect(code).toBe(0);
    },
    { timeout: 300_000 },
  );
}
