// Real applications, from their files and from a live API server that took them: the same findings, but for fields that
// the server filled in and a rule asks whether anybody wrote them.

import { afterAll, beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { startControlPlane, type ControlPlane } from "../servers/control-plane.ts";
import { hasOracle } from "../oracles/oracle.ts";
import { applicationObjects, MANIFESTS, type ApplicationObject } from "./manifests-of-applications.ts";
import { scanned, type ReportedFinding, type ScanReport } from "./scan-report.ts";

const LAYER = ["--layer", "workloads", "--fail-on", "none"];

/** Rules whose question is who wrote a field, with what the server does to it. */
const FILLED_IN: Readonly<Record<string, string>> = {
  "workloads/deprecated-service-account-field": "serviceAccountName is the same as serviceAccount",
  "workloads/single-replica": "replicas is 1 where nobody wrote it",
};

let plane: ControlPlane;
const accepted: ApplicationObject[] = [];
const namespaces = new Set<string>();
let refused = 0;

beforeAll(async () => {
  if (serversUnavailable() !== undefined || !hasOracle(MANIFESTS)) return;
  plane = await startControlPlane();
  for await (const one of applicationObjects()) {
    const { namespace } = one.object.metadata;
    if (namespace !== undefined && !namespaces.has(namespace)) {
      await plane.createNamespace(namespace);
      namespaces.add(namespace);
    }
    const answer = await plane.request("POST", one.path, one.object);
    if (answer.status === 201) accepted.push(one);
    else refused++;
  }
}, 600_000);
afterAll(() => plane?.stop());

/** The files, as the server's namespaces have them: with the account that every namespace gets. */
function input(): string {
  const given = [...namespaces].flatMap((name) => [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } },
  ]);
  return [...given, ...accepted.map(({ object }) => object)].map((object) => JSON.stringify(object)).join("\n");
}

/** Findings of what was loaded, not of what every server has. */
function ofApplications({ findings }: ScanReport): ReadonlyMap<string, ReportedFinding> {
  const loaded = new Set(
    accepted.map(({ object: { kind, metadata } }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`),
  );
  return new Map(
    findings
      .filter(({ resource: { kind, namespace, name } }) => loaded.has(`${kind} ${namespace ?? ""}/${name}`))
      .map((finding) => [finding.id, finding]),
  );
}

const describe = ({ rule, resource, evidence }: ReportedFinding): string =>
  `${rule} ${resource.kind} ${resource.namespace ?? ""}/${resource.name} ${evidence[0]?.path} ${JSON.stringify(evidence[0]?.value)}`;

if (hasOracle(MANIFESTS)) {
  testWithServers(
    "a live server gives the findings of the files it took",
    async () => {
      expect(accepted.length).toBeGreaterThan(700);
      const files = ofApplications(
        (await scanned(["-", ...LAYER, "--kubernetes-version", plane.version], { input: input() })).report,
      );
      const kubeconfig = ["--kubeconfig", plane.adminKubeconfigPath];
      const { code, report } = await scanned([...kubeconfig, "-A", ...LAYER]);
      expect(code).toBe(0);
      const live = ofApplications(report);
      const onlyFiles = [...files].filter(([id]) => !live.has(id)).map(([, finding]) => finding);
      const onlyLive = [...live].filter(([id]) => !files.has(id)).map(([, finding]) => finding);
      const unexplained = [...onlyFiles, ...onlyLive].filter(({ rule }) => FILLED_IN[rule] === undefined);
      expect(unexplained.map(describe)).toEqual([]);
      expect(files.size).toBeGreaterThan(3000);
      console.info(
        `${accepted.length} objects taken, ${refused} refused; ${files.size} findings of files, ${live.size} live`,
      );
    },
    { timeout: 300_000 },
  );
}
