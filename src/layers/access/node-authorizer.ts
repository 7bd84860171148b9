// The Node authorizer: a kubelet reads what its own pods need, and writes what kubelets write
// (k/k plugin/pkg/auth/authorizer/node/node_authorizer.go). NodeRestriction admission narrows its writes further.

import type { Action, ResourceAction } from "./action.ts";
import type { ResourceReference } from "./resource-reference.ts";
import type { Identity } from "./identity.ts";
import { nodeIdentity } from "./identity.ts";
import type { AccessFeatures } from "./minor-differences.ts";
import { pathToNode, type NodeGraph } from "./node-graph.ts";
import type { VertexKind } from "./node-references.ts";
import type { RuleSet } from "./rule-set.ts";

export type NodeVerdict<S> =
  | { readonly allowed: true; readonly node: string; readonly through: readonly ResourceReference<S>[] }
  | { /** May be empty. */ readonly reason: string; readonly allowed: false };

export interface NodeAuthorizer<S> {
  readonly graph: NodeGraph<S>;
  readonly rules: RuleSet;
  readonly features: AccessFeatures;
}

/** Whether the Node authorizer allows; it has no opinion about identities that are no nodes. */
export function authorizeNode<S>(authorizer: NodeAuthorizer<S>, identity: Identity, action: Action): NodeVerdict<S> {
  const node = nodeIdentity(identity);
  if (node === undefined) return no("");
  if (node === "") return no(`unknown node for user "${identity.user}"`);
  if (action.kind === "resource") {
    const decide = deciderOf(authorizer, action);
    if (decide !== undefined) return decide(authorizer, node, action);
  }
  return authorizer.rules.firstAllowing(action) === -1 ? no("") : yes(node);
}

type Decider = <S>(authorizer: NodeAuthorizer<S>, node: string, action: ResourceAction) => NodeVerdict<S>;

function deciderOf<S>({ features }: NodeAuthorizer<S>, { apiGroup, resource }: ResourceAction): Decider | undefined {
  switch (`${apiGroup}/${resource}`) {
    case "/secrets":
      return (authorizer, node, action) => readNamespaced(authorizer, node, action, "secret");
    case "/configmaps":
      return (authorizer, node, action) => readNamespaced(authorizer, node, action, "configmap");
    case "/persistentvolumeclaims":
      return decideClaim;
    case "/persistentvolumes":
      return (authorizer, node, action) => getOne(authorizer, node, action, "persistentvolume");
    case "resource.k8s.io/resourceclaims":
      return (authorizer, node, action) => getOne(authorizer, node, action, "resourceclaim");
    case "storage.k8s.io/volumeattachments":
      return (authorizer, node, action) => getOne(authorizer, node, action, "volumeattachment");
    case "/serviceaccounts":
      return decideServiceAccount;
    case "coordination.k8s.io/leases":
      return decideLease;
    case "storage.k8s.io/csinodes":
      return decideCsiNode;
    case "resource.k8s.io/resourceslices":
      return resourceSliceDecider(features);
    case "/nodes":
      return features.nodeSelectors ? decideNode : undefined;
    case "/pods":
      return features.nodeSelectors ? decidePod : undefined;
    case "certificates.k8s.io/podcertificaterequests":
      return features.podCertificates && features.nodeSelectors ? decideCertificateRequest : () => no("");
    default:
      return undefined;
  }
}

const WRITE_OWN: ReadonlySet<string> = new Set(["get", "create", "update", "patch", "delete"]);

const decideClaim: Decider = (authorizer, node, action) => {
  if (action.subresource !== "status") return getOne(authorizer, node, action, "persistentvolumeclaim");
  if (action.verb !== "update" && action.verb !== "patch") return no("can only get/update/patch this type");
  return related(authorizer, node, action, "persistentvolumeclaim");
};

const decideServiceAccount: Decider = (authorizer, node, action) => {
  const { features } = authorizer;
  if (features.nodeServiceAccountReads && action.verb === "get" && action.subresource === "") {
    if (!features.nodeReadsServiceAccounts && !features.podCertificates)
      return no("not allowed to get service accounts");
    return readNamespaced(authorizer, node, action, "serviceaccount");
  }
  if (action.verb !== "create" || action.name === "") {
    return no("can only create tokens for individual service accounts");
  }
  if (action.subresource !== "token") return no("can only create token subresource of serviceaccount");
  return related(authorizer, node, action, "serviceaccount");
};

// The name is not known on create; NodeRestriction checks it there.
const decideLease: Decider = (_authorizer, node, { verb, namespace, name }) => {
  if (!WRITE_OWN.has(verb)) return no("can only get, create, update, patch, or delete a node lease");
  if (namespace !== "kube-node-lease") return no('can only access leases in the "kube-node-lease" system namespace');
  if (verb === "create" || name === node) return yes(node);
  return no("can only access node lease with the same name as the requesting node");
};

const decideCsiNode: Decider = ({ features }, node, { verb, subresource, name }) => {
  const refusal =
    features.nodeCsiStatusReads && subresource === "status"
      ? csiStatusRefusal(features, verb)
      : csiNodeRefusal(features, verb, subresource);
  if (refusal !== undefined) return no(refusal);
  if (verb === "create" || name === node) return yes(node);
  return no("can only access CSINode with the same name as the requesting node");
};

function csiNodeRefusal(features: AccessFeatures, verb: string, subresource: string): string | undefined {
  const isUnknown = subresource !== "";
  if (isUnknown && features.nodeCsiStatusReads) return "cannot authorize CSINode subresources";
  if (!WRITE_OWN.has(verb)) return "can only get, create, update, patch, or delete a CSINode";
  return isUnknown ? "cannot authorize CSINode subresources" : undefined;
}

function csiStatusRefusal(features: AccessFeatures, verb: string): string | undefined {
  if (!features.volumeHealth) return "CSINode status access requires CSIVolumeHealth feature";
  return ["get", "update", "patch"].includes(verb) ? undefined : "can only get, update, or patch CSINode status";
}

function resourceSliceDecider(features: AccessFeatures): Decider | undefined {
  if (!features.nodeResourceSlices) return undefined;
  return features.nodeDeletesResourceSlices ? decideResourceSlice : decideFirstResourceSlices;
}

/** As Kubernetes 1.30 did, with the first version of ResourceSlices. */
const decideFirstResourceSlices: Decider = (authorizer, node, action) => {
  if (action.verb === "list" || action.verb === "watch") return yes(node);
  if (!WRITE_OWN.has(action.verb)) return no("can only get, create, update, patch, or delete a ResourceSlice");
  return decideResourceSlice(authorizer, node, action);
};

const decideResourceSlice: Decider = (authorizer, node, action) => {
  if (action.subresource !== "") return no("cannot authorize ResourceSlice subresources");
  switch (action.verb) {
    case "create":
      return yes(node);
    case "get":
    case "update":
    case "patch":
    case "delete":
      return related(authorizer, node, action, "resourceslice");
    case "watch":
    case "list":
    case "deletecollection":
      if (!authorizer.features.nodeSelectors || selects(action, "spec.nodeName", node)) return yes(node);
      return no("can only list/watch/deletecollection resourceslices with nodeName field selector");
    default:
      return no(
        "only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection",
      );
  }
};

const decideCertificateRequest: Decider = (authorizer, node, action) => {
  if (action.subresource !== "") return no("nodes may not access the status subresource of PodCertificateRequests");
  switch (action.verb) {
    case "create":
      return yes(node);
    case "get":
      return related(authorizer, node, action, "podcertificaterequest");
    case "list":
    case "watch":
      if (selects(action, "spec.nodeName", node)) return yes(node);
      return no("can only list/watch podcertificaterequests with nodeName field selector");
    default:
      return no(`nodes may not ${action.verb} podcertificaterequests`);
  }
};

const decideNode: Decider = (_authorizer, node, { verb, subresource, name }) => {
  if (subresource === "status") return verb === "update" || verb === "patch" ? yes(node) : no("");
  if (subresource !== "") return no("");
  if (verb === "create" || verb === "update" || verb === "patch") return yes(node);
  if (verb !== "get" && verb !== "list" && verb !== "watch") return no("");
  if (name === node) return yes(node);
  const others = name === "" ? "all nodes" : `'${name}'`;
  return no(`node '${node}' cannot read ${others}, only its own Node object`);
};

const decidePod: Decider = (authorizer, node, action) => {
  const { verb, subresource, name } = action;
  if (subresource === "status") return verb === "update" || verb === "patch" ? yes(node) : no("");
  if (subresource === "eviction") return verb === "create" ? yes(node) : no("");
  if (subresource !== "") return no("");
  switch (verb) {
    case "get":
      return getOne(authorizer, node, action, "pod");
    case "list":
    case "watch":
      if (selects(action, "spec.nodeName", node)) return yes(node);
      if (name !== "") return related(authorizer, node, action, "pod");
      return no("can only list/watch pods with spec.nodeName field selector");
    case "create":
    case "delete":
      return yes(node);
    default:
      return no("");
  }
};

function getOne<S>(authorizer: NodeAuthorizer<S>, node: string, action: ResourceAction, kind: VertexKind) {
  if (action.verb !== "get") return no("can only get individual resources of this type");
  if (action.subresource !== "") return no("cannot get subresource");
  return related(authorizer, node, action, kind);
}

function readNamespaced<S>(authorizer: NodeAuthorizer<S>, node: string, action: ResourceAction, kind: VertexKind) {
  if (!["get", "list", "watch"].includes(action.verb)) return no("can only read resources of this type");
  if (action.subresource !== "") return no("cannot read subresource");
  if (action.namespace === "") return no("can only read namespaced object of this type");
  return related(authorizer, node, action, kind);
}

function related<S>(
  { graph }: NodeAuthorizer<S>,
  node: string,
  { namespace, name }: ResourceAction,
  kind: VertexKind,
): NodeVerdict<S> {
  if (name === "") return no("No Object name found");
  const through = pathToNode(graph, node, kind, namespace, name);
  if (through === undefined) return no(`no relationship found between node '${node}' and this object`);
  return { allowed: true, node, through };
}

function selects({ fieldSelector }: ResourceAction, field: string, value: string): boolean {
  return fieldSelector?.some((one) => one.field === field && one.operator === "=" && one.value === value) === true;
}

function yes(node: string) {
  return { allowed: true, node, through: [] } as const;
}

function no(reason: string) {
  return { allowed: false, reason } as const;
}
