// Real applications, from their files and from a live API server that took them: the same findings, but for fields that
// the server filled in and a rule asks whether anybody wrote them.

import type { ControlPlane } from "../servers/control-plane.ts";
import { applicationObjects, type ApplicationObject } from "./manifests-of-applications.ts";
import { scanned, type ReportedFinding, type ScanReport } from "./scan-report.ts";

const LAYER = ["--layer", "workloads", "--fail-on", "none"];

/** Rules whose question is who wrote a field, with what the server does to it. */
const FILLED_IN: Readonly<Record<string, string>> = {
  "workloads/deprecated-service-account-field": "serviceAccountName is the same as serviceAccount",
  "workloads/single-replica": "replicas is 1 where nobody wrote it",
};

export interface Loaded {
  readonly accepted: readonly ApplicationObject[];
  readonly namespaces: ReadonlySet<string>;
  readonly refused: number;
}

/** Creates what the server takes of the applications' objects. */
export async function loadApplications(plane: ControlPlane): Promise<Loaded> {
  const accepted: ApplicationObject[] = [];
  const namespaces = new Set<string>();
  let refused = 0;
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
  return { accepted, namespaces, refused };
}

export interface Comparison {
  readonly files: number;
  readonly live: number;
  /** Findings that only one side has and nothing explains. */
  readonly unexplained: readonly string[];
  readonly code: number | null;
}

export async function compareApplications(plane: ControlPlane, loaded: Loaded): Promise<Comparison> {
  const version = ["--kubernetes-version", plane.version];
  const files = ofApplications((await scanned(["-", ...LAYER, ...version], { input: inputOf(loaded) })).report, loaded);
  const { code, report } = await scanned(["--kubeconfig", plane.adminKubeconfigPath, "-A", ...LAYER]);
  const live = ofApplications(report, loaded);
  const onlyFiles = [...files].filter(([id]) => !live.has(id)).map(([, finding]) => finding);
  const onlyLive = [...live].filter(([id]) => !files.has(id)).map(([, finding]) => finding);
  const unexplained = [...onlyFiles, ...onlyLive].filter(({ rule }) => FILLED_IN[rule] === undefined).map(describe);
  return { files: files.size, live: live.size, unexplained, code };
}

/** The files, as the server's namespaces have them: with the account that every namespace gets. */
function inputOf({ accepted, namespaces }: Loaded): string {
  const given = [...namespaces].flatMap((name) => [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } },
  ]);
  return [...given, ...accepted.map(({ object }) => object)].map((object) => JSON.stringify(object)).join("\n");
}

/** Findings of what was loaded, not of what every server has. */
function ofApplications({ findings }: ScanReport, { accepted }: Loaded): ReadonlyMap<string, ReportedFinding> {
  const nameOf = (kind: string, namespace: string | undefined, name: string): string =>
    `${kind} ${namespace ?? ""}/${name}`;
  const loaded = new Set(
    accepted.map(({ object: { kind, metadata } }) => nameOf(kind, metadata.namespace, metadata.name)),
  );
  const own = findings.filter(({ resource: { kind, namespace, name } }) => loaded.has(nameOf(kind, namespace, name)));
  return new Map(own.map((finding) => [finding.id, finding]));
}

function describe({ rule, resource, evidence }: ReportedFinding): string {
  const { kind, namespace, name } = resource;
  return `${rule} ${kind} ${namespace ?? ""}/${name} ${evidence[0]?.path} ${JSON.stringify(evidence[0]?.value)}`;
}
