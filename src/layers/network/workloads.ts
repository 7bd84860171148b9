// Pods grouped under their top owner. Live pods stand for a controller where there are any, its template where not.

import type { Resource } from "../../cluster/resource.ts";
import type { OwnerReference } from "../../kubernetes/object.ts";
import type { Pod, Workload } from "./pod.ts";

/** An object that is a pod or makes pods, with the pods it has. */
export interface PodCarrier {
  readonly resource: Resource;
  readonly pods: readonly Pod[];
}

interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** Groups pods into workloads, sorted by id. Linear. */
export function workloadsOf(carriers: readonly PodCarrier[]): readonly Workload[] {
  const owners = carriers.filter(({ resource }) => resource.id.kind !== "Pod");
  const byKindAndName = new Map(owners.map(({ resource }) => [ownerKey(resource.id.namespace, resource.id), resource]));
  const live = new Map<string, Draft>();
  const templates = new Map<string, Draft>();
  for (const { resource, pods } of carriers) {
    const { namespace } = resource.id;
    const isLive = resource.id.kind === "Pod";
    const owner = resource.object.metadata?.ownerReferences == null ? resource.id : topOwner(resource, byKindAndName);
    if (!isLive && owner.name !== resource.id.name && byKindAndName.has(ownerKey(namespace, owner))) continue;
    const id = `${namespace}/${owner.name}[${owner.kind}]`;
    const group = isLive ? live : templates;
    const known = group.get(id);
    if (known === undefined) group.set(id, { id, namespace, owner, pods });
    else if (known.pods === known.joined) known.joined.push(...pods);
    else known.pods = known.joined = [...known.pods, ...pods];
  }
  const all: Workload[] = [];
  for (const draft of live.values()) all.push(workloadOf(draft));
  for (const draft of templates.values()) if (!live.has(draft.id)) all.push(workloadOf(draft));
  return sortById(all);
}

interface Draft {
  readonly id: string;
  readonly namespace: string;
  readonly owner: Owner;
  pods: readonly Pod[];
  /** The list of pods once it is the draft's own. */
  joined?: Pod[];
}

function workloadOf({ id, namespace, owner, pods }: Draft): Workload {
  return { id, namespace, name: owner.name, kind: owner.kind, pods };
}

/** Sorted by id, those without pods left out: by namespace first, since most ids of a large cluster differ there. */
function sortById(workloads: readonly Workload[]): readonly Workload[] {
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of workloads) {
    if (workload.pods.length === 0) continue;
    const known = byNamespace.get(workload.namespace);
    if (known === undefined) byNamespace.set(workload.namespace, [workload]);
    else known.push(workload);
  }
  // An id begins with the namespace and a slash, which no namespace has inside.
  const prefixes = [...byNamespace.keys()].map((name) => `${name}/`).sort();
  const sorted: Workload[] = [];
  for (const prefix of prefixes) {
    const own = byNamespace.get(prefix.slice(0, -1)) ?? [];
    const isSorted = own.every(({ id }, at) => at === 0 || id > (own[at - 1]?.id ?? ""));
    if (!isSorted) own.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    for (const workload of own) sorted.push(workload);
  }
  return sorted;
}

const MOST_LEVELS = 8;

function topOwner(resource: Resource, known: ReadonlyMap<string, Resource>): Owner {
  const { namespace } = resource.id;
  let owner: Owner = resource.id;
  let current: Resource | undefined = resource;
  for (let level = 0; level < MOST_LEVELS; level++) {
    const reference = current === undefined ? undefined : ownerOf(current);
    const next: Owner | undefined = reference ?? deploymentOf(owner, resource, known);
    if (next === undefined) break;
    owner = next;
    current = known.get(ownerKey(namespace, next));
  }
  return owner;
}

/** A static pod's mirror is owned by its Node, which is no workload. */
function ownerOf(resource: Resource): Owner | undefined {
  const owners = resource.object.metadata?.ownerReferences ?? [];
  const owner: OwnerReference | null | undefined = owners.find((one) => one?.controller === true) ?? owners[0];
  if (!owner?.kind || !owner.name || owner.kind === "Node") return undefined;
  return { kind: owner.kind, name: owner.name };
}

/** A ReplicaSet that is not in the input is named after its Deployment and the pods' template hash. */
function deploymentOf(owner: Owner, pod: Resource, known: ReadonlyMap<string, Resource>): Owner | undefined {
  const hash = pod.object.metadata?.labels?.["pod-template-hash"];
  if (owner.kind !== "ReplicaSet" || !hash || !owner.name.endsWith(`-${hash}`)) return undefined;
  const deployment = { kind: "Deployment", name: owner.name.slice(0, -hash.length - 1) };
  return known.has(ownerKey(pod.id.namespace, deployment)) ? deployment : undefined;
}

function ownerKey(namespace: string, owner: Owner): string {
  return `${namespace}/${owner.kind}/${owner.name}`;
}
