// A scan by the built program against every Kubernetes minor: as administrator, as exactly the printed role, from a dump,
// and of real applications.

import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { startControlPlane } from "../servers/control-plane.ts";
import { hasOracle } from "../oracles/oracle.ts";
import { compareApplications, loadApplications } from "./compare-applications.ts";
import { grant } from "./grant.ts";
import { create, PAYMENTS, SHOP } from "./live-objects.ts";
import { MANIFESTS } from "./manifests-of-applications.ts";
import { ringwall, withFolder } from "./program.ts";
import { briefly, identitiesOf, scanned } from "./scan-report.ts";

const VERSIONS: readonly string[] = ["1.33.13", "1.34.4", "1.35.4", "1.36.3", "1.37.2"];
const BUILD_AND_RUN_MILLISECONDS = 40 * 60_000;

for (const version of VERSIONS) {
  testWithServers(
    `Kubernetes ${version}`,
    async () => {
      const users = [{ name: "scanner", groups: ["system:authenticated"] }];
      const plane = await startControlPlane({ version, users });
      try {
        await plane.createNamespace("shop");
        await plane.createNamespace("payments");
        await create(plane, ...SHOP, ...PAYMENTS);
        await grant(plane, (await ringwall(["permissions"])).stdout, "scanner");
        const admin = await scanned(["--kubeconfig", plane.adminKubeconfigPath, "-A"]);
        const kubeconfig = plane.kubeconfigFor("scanner", { token: plane.tokens["scanner"] ?? "" });
        const scanner = await scanned(["--kubeconfig", kubeconfig, "-A"]);
        expect(admin.report.target.kubernetes).toBe(`v${version}`);
        expect(briefly(admin.report.findings)).toContain("Deployment shop/cart workloads/privileged-container");
        expect(scanner.report.incomplete.filter(({ accepted }) => accepted !== true)).toEqual([]);
        expect(identitiesOf(scanner.report)).toEqual(identitiesOf(admin.report));
        await withFolder({}, async (directory) => {
          const flags = ["dump", "-A", "--kubeconfig", plane.adminKubeconfigPath, "-o", "all.gz"];
          expect(await ringwall(flags, { directory })).toMatchObject({ code: 0 });
          const dump = await scanned(["all.gz"], { directory });
          expect(dump.report.findings).toEqual(admin.report.findings);
        });
        if (!hasOracle(MANIFESTS)) return;
        const loaded = await loadApplications(plane);
        const comparison = await compareApplications(plane, loaded);
        expect(comparison).toMatchObject({ unexplained: [], code: 0 });
        console.info(`${version}: ${loaded.accepted.length} objects of applications, ${comparison.live} findings`);
      } finally {
        await plane.stop();
      }
    },
    { version, timeout: BUILD_AND_RUN_MILLISECONDS },
  );
}
