// What the engine takes from a cluster: namespaces, nodes, workloads with their pods, and policies as the API server
// would hold them. Of two objects with one identity the last counts.

import type { Resource } from "../../cluster/resource.ts";
import type { Labels } from "../../kubernetes/label-selector.ts";
import { networkNode } from "../../kubernetes/network.ts";
import { narrow } from "../../kubernetes/shape.ts";
import { parseAddress, type AddressPoint } from "./address.ts";
import { notesOn, type NetworkDiagnostic } from "./diagnostic.ts";
import type { Workload } from "./pod.ts";
import { createRoleFinder } from "./network-kinds.ts";
import type { ReadPolicy } from "./read-network-policy.ts";
import { readPods } from "./read-pod.ts";
import { workloadsOf, type PodCarrier } from "./workloads.ts";

export interface Node {
  readonly name: string;
  readonly labels: Labels;
  readonly addresses: readonly AddressPoint[];
}

export interface Inventory {
  /** Labels by name, of every namespace given or used; `kubernetes.io/metadata.name` is always there. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly nodes: readonly Node[];
  readonly workloads: readonly Workload[];
  /** By identity, in the order read; those that the API server would refuse have no policy. */
  readonly policies: ReadonlyMap<string, ReadPolicy>;
  /** Services, and what leads to them. */
  readonly exposures: readonly Resource[];
  /** Of everything but policies. */
  readonly diagnostics: readonly NetworkDiagnostic[];
}

/**
 * Takes stock of resources by identity, policies apart. Linear; kinds that do not matter to the network are passed
 * over.
 */
export function takeInventory(
  resources: ReadonlyMap<string, Resource>,
  policies: ReadonlyMap<string, ReadPolicy>,
): Inventory {
  const diagnostics: NetworkDiagnostic[] = [];
  const namespaces = new Map<string, Labels>();
  const nodes: Node[] = [];
  const carriers: PodCarrier[] = [];
  const exposures: Resource[] = [];
  const roleOf = createRoleFinder();
  for (const resource of resources.values()) {
    const { kind, name } = resource.id;
    const role = roleOf(resource.id);
    if (role === "namespace") namespaces.set(name, withOwnName(name, resource.object.metadata?.labels));
    else if (role === "node") nodes.push(readNode(resource));
    else if (role === "foreign") diagnostics.push(...foreignPolicy(resource));
    else if (role === "exposure") exposures.push(resource);
    else if (role === "carrier") {
      const { pods, diagnostics: found } = readPods(resource);
      diagnostics.push(...found);
      if (pods.length > 0 || kind === "ReplicaSet" || kind === "Job") carriers.push({ resource, pods });
    }
  }
  const workloads = workloadsOf(carriers);
  for (const { namespace } of workloads) {
    if (!namespaces.has(namespace)) namespaces.set(namespace, withOwnName(namespace, undefined));
  }
  return { namespaces, nodes, workloads, policies, exposures, diagnostics };
}

function foreignPolicy(resource: Resource): readonly NetworkDiagnostic[] {
  const notes = notesOn(resource);
  notes.add("note", "foreign-policy", ["kind"], { kind: resource.id.kind });
  return notes.all;
}

function withOwnName(name: string, labels: Labels): Labels {
  return { ...labels, "kubernetes.io/metadata.name": name };
}

/** Addresses of any type count that are addresses (`Node.Status.Addresses`, as ClusterNetworkPolicy `nodes` says). */
function readNode(resource: Resource): Node {
  const narrowed = narrow(networkNode, resource.object);
  const written = narrowed.ok ? (narrowed.value.status?.addresses ?? []) : [];
  const addresses = written.flatMap((entry) => parseAddress(entry?.address ?? "")?.point ?? []);
  return { name: resource.id.name, labels: resource.object.metadata?.labels, addresses: [...new Set(addresses)] };
}
