// Which kinds matter to the network, and how their policies are read.

import type { ResourceId } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import { versionOf } from "../../kubernetes/object.ts";
import { notesOn } from "./diagnostic.ts";
import {
  readAdminNetworkPolicy,
  readBaselineAdminNetworkPolicy,
  readClusterNetworkPolicy,
} from "./read-cluster-policy.ts";
import { readNetworkPolicy, type ReadPolicy } from "./read-network-policy.ts";

type Reader = (resource: Resource) => ReadPolicy;

/** `group/Kind` → the versions that are served, and the reader. */
const POLICY_KINDS: Readonly<Record<string, { readonly versions: readonly string[]; readonly read: Reader }>> = {
  "networking.k8s.io/NetworkPolicy": { versions: ["v1"], read: readNetworkPolicy },
  "policy.networking.k8s.io/ClusterNetworkPolicy": { versions: ["v1alpha2"], read: readClusterNetworkPolicy },
  "policy.networking.k8s.io/AdminNetworkPolicy": { versions: ["v1alpha1"], read: readAdminNetworkPolicy },
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy": {
    versions: ["v1alpha1"],
    read: readBaselineAdminNetworkPolicy,
  },
  "extensions/NetworkPolicy": { versions: [], read: readNetworkPolicy },
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
  "/Endpoints",
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
export type Role = "namespace" | "node" | "foreign" | "exposure" | "policy" | "carrier";

export function roleOf({ group, kind }: Pick<ResourceId, "group" | "kind">): Role {
  const key = `${group}/${kind}`;
  if (key === "/Namespace") return "namespace";
  if (key === "/Node") return "node";
  if (Object.hasOwn(POLICY_KINDS, key)) return "policy";
  if (EXPOSURE_KINDS.has(key)) return "exposure";
  return FOREIGN_KINDS.has(key) ? "foreign" : "carrier";
}

/** {@link roleOf} for many objects, worked out once per kind. */
export function createRoleFinder(): (id: Pick<ResourceId, "group" | "kind">) => Role {
  const roles = new Map<string, Map<string, Role>>();
  return (id) => {
    let kinds = roles.get(id.group);
    if (kinds === undefined) roles.set(id.group, (kinds = new Map<string, Role>()));
    let role = kinds.get(id.kind);
    if (role === undefined) kinds.set(id.kind, (role = roleOf(id)));
    return role;
  };
}

/** Reads a policy object of a kind whose role is `policy`. */
export function readPolicy(resource: Resource): ReadPolicy {
  const entry = POLICY_KINDS[`${resource.id.group}/${resource.id.kind}`];
  const version = versionOf(resource.object.apiVersion);
  if (entry?.versions.includes(version)) return entry.read(resource);
  const notes = notesOn(resource);
  notes.add("refused", "unserved-version", ["apiVersion"], { value: resource.object.apiVersion });
  return { resource, policy: undefined, diagnostics: notes.all };
}
