// What the engine takes from a cluster: namespaces, nodes, workloads with their pods, and policies as the API server
// would hold them. Of two objects with one identity the last counts.

import { keyOf } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { Labels } from "../../kubernetes/label-selector.ts";
import { networkNode } from "../../kubernetes/network.ts";
import { versionOf } from "../../kubernetes/object.ts";
import { narrow } from "../../kubernetes/shape.ts";
import { parseAddress, type AddressPoint } from "./address.ts";
import { notesOn, type NetworkDiagnostic } from "./diagnostic.ts";
import type { Workload } from "./pod.ts";
import type { Policy } from "./policy.ts";
import {
  readAdminNetworkPolicy,
  readBaselineAdminNetworkPolicy,
  readClusterNetworkPolicy,
} from "./read-cluster-policy.ts";
import { readNetworkPolicy, type ReadPolicy } from "./read-network-policy.ts";
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
  /** In no particular order. */
  readonly policies: readonly Policy[];
  /** Services, and what leads to them. */
  readonly exposures: readonly Resource[];
  readonly diagnostics: readonly NetworkDiagnostic[];
}

type Reader = (resource: Resource) => ReadPolicy;

/** `group/Kind` → the version that is served and its reader. */
const POLICY_KINDS: Readonly<Record<string, { readonly versions: readonly string[]; readonly read: Reader }>> = {
  "networking.k8s.io/NetworkPolicy": { versions: ["v1"], read: readNetworkPolicy },
  "policy.networking.k8s.io/ClusterNetworkPolicy": { versions: ["v1alpha2"], read: readClusterNetworkPolicy },
  "policy.networking.k8s.io/AdminNetworkPolicy": { versions: ["v1alpha1"], read: readAdminNetworkPolicy },
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy": {
    versions: ["v1alpha1"],
    read: readBaselineAdminNetworkPolicy,
  },
};

/** Policies of single network plugins: not modelled, and said so. */
const FOREIGN_KINDS: ReadonlySet<string> = new Set([
  "cilium.io/CiliumNetworkPolicy",
  "cilium.io/CiliumClusterwideNetworkPolicy",
  "crd.projectcalico.org/NetworkPolicy",
  "crd.projectcalico.org/GlobalNetworkPolicy",
  "projectcalico.org/NetworkPolicy",
  "projectcalico.org/GlobalNetworkPolicy",
  "crd.antrea.io/NetworkPolicy",
  "crd.antrea.io/ClusterNetworkPolicy",
]);

/** What may lead traffic to pods from outside, and Services. */
const EXPOSURE_KINDS: ReadonlySet<string> = new Set([
  "/Service",
  "discovery.k8s.io/EndpointSlice",
  "networking.k8s.io/Ingress",
  "extensions/Ingress",
  "gateway.networking.k8s.io/Gateway",
  "gateway.networking.k8s.io/HTTPRoute",
  "gateway.networking.k8s.io/GRPCRoute",
  "gateway.networking.k8s.io/TLSRoute",
  "gateway.networking.k8s.io/TCPRoute",
  "gateway.networking.k8s.io/UDPRoute",
  "gateway.networking.k8s.io/ReferenceGrant",
  "route.openshift.io/Route",
]);

/** What an object is to the network. */
type Role = "namespace" | "node" | "foreign" | "exposure" | "policy" | "carrier";

function roleOf({ group, kind }: Resource["id"]): Role {
  const key = `${group}/${kind}`;
  if (key === "/Namespace") return "namespace";
  if (key === "/Node") return "node";
  if (Object.hasOwn(POLICY_KINDS, key)) return "policy";
  if (EXPOSURE_KINDS.has(key)) return "exposure";
  return FOREIGN_KINDS.has(key) ? "foreign" : "carrier";
}

/** Whether a kind is a policy this engine reads. */
export function isPolicyKind(id: Resource["id"]): boolean {
  return roleOf(id) === "policy";
}

/** Takes stock. Linear in the objects; kinds that do not matter to the network are passed over. */
export function takeInventory(resources: Iterable<Resource>): Inventory {
  const latest = new Map<string, Resource>();
  for (const resource of resources) latest.set(keyOf(resource.id), resource);
  const diagnostics: NetworkDiagnostic[] = [];
  const namespaces = new Map<string, Labels>();
  const nodes: Node[] = [];
  const carriers: PodCarrier[] = [];
  const policies: Policy[] = [];
  const exposures: Resource[] = [];
  const roles = new Map<string, Role>();
  for (const resource of latest.values()) {
    const { kind, name } = resource.id;
    let role = roles.get(resource.object.apiVersion + kind);
    if (role === undefined) {
      role = roleOf(resource.id);
      roles.set(resource.object.apiVersion + kind, role);
    }
    if (role === "namespace") namespaces.set(name, withOwnName(name, resource.object.metadata?.labels));
    else if (role === "node") nodes.push(readNode(resource));
    else if (role === "foreign") diagnostics.push(...foreignPolicy(resource));
    else if (role === "exposure") exposures.push(resource);
    else if (role === "policy") {
      const read = readPolicy(resource);
      if (read.policy !== undefined) policies.push(read.policy);
      diagnostics.push(...read.diagnostics);
    } else {
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

/** Reads a policy object of a kind in {@link isPolicyKind}. */
export function readPolicy(resource: Resource): ReadPolicy {
  const entry = POLICY_KINDS[`${resource.id.group}/${resource.id.kind}`];
  const version = versionOf(resource.object.apiVersion);
  if (entry?.versions.includes(version)) return entry.read(resource);
  const notes = notesOn(resource);
  notes.add("refused", "unserved-version", ["apiVersion"], { value: resource.object.apiVersion });
  return { policy: undefined, diagnostics: notes.all };
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
