// Loads a generated cluster into a live API server: owners before what they own, with the uids the server gave them.

import type { ControlPlane } from "../servers/control-plane.ts";
import { SCAN_KINDS } from "../../src/sources/api/scan-kinds.ts";

interface Generated {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
  };
  readonly [field: string]: unknown;
}

const AT_ONCE = 16;
const FIRST: readonly string[] = ["Namespace", "ServiceAccount"];
const LAST: readonly string[] = ["ReplicaSet", "Job", "Pod"];

/** How many of each kind were created. Objects of kinds that no scan reads are left out. */
export async function loadCluster(
  plane: ControlPlane,
  objects: readonly Generated[],
): Promise<ReadonlyMap<string, number>> {
  const uids = new Map<string, string>();
  const counts = new Map<string, number>();
  const create = async (object: Generated): Promise<void> => {
    const path = pathOf(object);
    if (path === undefined) return;
    const answer = await plane.request("POST", path, withOwner(withoutEnforcement(object), uids));
    if (answer.status !== 201)
      throw new Error(`${object.kind} ${object.metadata.name}: ${answer.status} ${answer.text}`);
    const { uid } = (answer.body as { readonly metadata: { readonly uid: string } }).metadata; // every object has one
    uids.set(`${object.kind} ${object.metadata.namespace ?? ""}/${object.metadata.name}`, uid);
    counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
  };
  const all = [...objects, ...ownersBetween(objects)];
  for (const rank of [...FIRST, undefined, ...LAST]) {
    const group = all.filter(({ kind }) => (rank === undefined ? ![...FIRST, ...LAST].includes(kind) : kind === rank));
    for (let at = 0; at < group.length; at += AT_ONCE) await Promise.all(group.slice(at, at + AT_ONCE).map(create));
    if (rank === "Namespace")
      await Promise.all(group.map((namespace) => defaultAccount(plane, namespace.metadata.name)));
  }
  return counts;
}

/** Between a pod and what makes it: the generator leaves that out. */
const BETWEEN: Readonly<Record<string, { readonly kind: string; readonly specOf: (owner: Generated) => unknown }>> = {
  ReplicaSet: {
    kind: "Deployment",
    specOf: (owner) => {
      const { strategy: _, ...spec } = owner["spec"] as Readonly<Record<string, unknown>>; // a Deployment's, as generated
      return spec;
    },
  },
  Job: {
    kind: "CronJob",
    specOf: (owner) => (owner["spec"] as { readonly jobTemplate: { readonly spec: unknown } }).jobTemplate.spec, // a CronJob's
  },
};

/** The ReplicaSets and Jobs that the pods name as their owners, made of the Deployments and CronJobs above them. */
function ownersBetween(objects: readonly Generated[]): readonly Generated[] {
  const placeOf = (kind: string, namespace: string | undefined, name: string): string =>
    `${kind} ${namespace ?? ""}/${name}`;
  const known = new Map(objects.map((one) => [placeOf(one.kind, one.metadata.namespace, one.metadata.name), one]));
  const made = new Map<string, Generated>();
  for (const { kind, metadata } of objects) {
    const owner = metadata.ownerReferences?.[0];
    const between = kind === "Pod" && owner !== undefined ? BETWEEN[owner.kind] : undefined;
    if (owner === undefined || between === undefined) continue;
    const { namespace } = metadata;
    const above = known.get(placeOf(between.kind, namespace, owner.name.replace(/-[a-z0-9]+$/, "")));
    if (above === undefined) continue;
    const { apiVersion } = above;
    const reference = { apiVersion, kind: above.kind, name: above.metadata.name, uid: "", controller: true };
    made.set(placeOf(owner.kind, namespace, owner.name), {
      apiVersion,
      kind: owner.kind,
      metadata: { name: owner.name, ...(namespace !== undefined && { namespace }), ownerReferences: [reference] },
      spec: between.specOf(above),
    });
  }
  return [...made.values()];
}

/** Pods that a namespace's labels would refuse are what a scan is for. */
function withoutEnforcement(object: Generated): Generated {
  return object.kind === "Namespace" ? { ...object, metadata: { name: object.metadata.name } } : object;
}

async function defaultAccount(plane: ControlPlane, namespace: string): Promise<void> {
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } };
  await plane.request("POST", `/api/v1/namespaces/${namespace}/serviceaccounts`, account);
}

function withOwner(object: Generated, uids: ReadonlyMap<string, string>): Generated {
  const { ownerReferences, namespace } = object.metadata;
  if (ownerReferences === undefined) return object;
  const known = ownerReferences.map((owner) => ({
    ...owner,
    uid: uids.get(`${owner.kind} ${namespace ?? ""}/${owner.name}`) ?? owner.uid,
  }));
  return { ...object, metadata: { ...object.metadata, ownerReferences: known } };
}

function pathOf({ apiVersion, kind, metadata: { namespace } }: Generated): string | undefined {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const row = SCAN_KINDS.find((one) => one.group === group && one.kind === kind);
  if (row === undefined) return undefined;
  const root = group === "" ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  return row.isNamespaced ? `${root}/namespaces/${namespace ?? "default"}/${row.resource}` : `${root}/${row.resource}`;
}
