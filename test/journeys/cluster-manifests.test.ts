// Real applications loaded into a live API server and scanned there: with all rights, with exactly the printed ones, with
// those of one namespace.

import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { compareApplications, loadApplications } from "./compare-applications.ts";
import { grant } from "./grant.ts";
import { MANIFESTS } from "./manifests-of-applications.ts";
import { ringwall } from "./program.ts";
import { identitiesOf, scanned, type ScanReport } from "./scan-report.ts";

const NONE = ["--fail-on", "none"];

const missedBy = ({ incomplete }: ScanReport) => incomplete.filter(({ accepted }) => accepted !== true);

const plane = sharedControlPlane();
testWithServers(
  "a live server gives the findings of the files it took, whoever may list them",
  async () => {
    const loaded = await loadApplications(plane());
    expect(loaded.accepted.length).toBeGreaterThan(1000);
    const { files, unexplained, code } = await compareApplications(plane(), loaded);
    expect(unexplained).toEqual([]);
    expect(files).toBeGreaterThan(5000);
    expect(code).toBe(0);

    const asAdmin = ["--kubeconfig", plane().adminKubeconfigPath];
    await grant(plane(), (await ringwall(["permissions"])).stdout, "scanner");
    const admin = await scanned([...asAdmin, "-A", ...NONE]);
    const scanner = await scanned([...asAdmin, "--as", "scanner", "-A", ...NONE]);
    expect([admin.code, missedBy(admin.report)]).toEqual([0, []]);
    expect([scanner.code, missedBy(scanner.report)]).toEqual([0, []]);
    expect(scanner.report.summary).toEqual(admin.report.summary);
    expect(identitiesOf(scanner.report)).toEqual(identitiesOf(admin.report));

    const [namespace = ""] = [...loaded.namespaces].sort();
    const subjects = [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "viewer" }];
    const answer = await plane().request(
      "POST",
      `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`,
      {
        metadata: { name: "viewer" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:aggregate-to-view" },
        subjects,
      },
    );
    expect(answer.status).toBe(201);
    const viewer = await scanned([...asAdmin, "--as", "viewer", "-n", namespace, ...NONE]);
    expect(viewer.code).toBe(3);
    const what = missedBy(viewer.report).map((gap) => gap.what);
    expect(what).toContain(`rolebindings.rbac.authorization.k8s.io in namespace ${namespace}`);
    expect(what).not.toContain(`pods in namespace ${namespace}`);
    for (const { reason, rules } of missedBy(viewer.report)) {
      expect(reason).toContain('is forbidden: User "viewer" cannot');
      expect(rules).not.toEqual([]);
    }
    // What it may see is judged as for the administrator.
    const seen = new Set(identitiesOf((await scanned([...asAdmin, "-n", namespace, ...NONE])).report));
    expect(identitiesOf(viewer.report).filter((id) => !seen.has(id))).toEqual([]);
    expect(viewer.report.findings.length).toBeGreaterThan(0);
  },
  { timeout: 300_000, oracle: MANIFESTS },
);
