// From one event to what its request asked for beside its verb.

import { array, boolean, map, narrow, object, string } from "../../../kubernetes/shape.ts";
import { policyRuleShape, RBAC_GROUP, roleRefShape } from "../../../kubernetes/rbac.ts";
import { groupOf } from "../../../kubernetes/object.ts";
import type { Action, ResourceAction } from "../action.ts";
import { nodeOf, serviceAccountGroups, serviceAccountOf, AUTHENTICATED_GROUP, type Identity } from "../identity.ts";
import { NODES_GROUP, UNAUTHENTICATED_GROUP } from "../identity.ts";
import { policyRuleOf } from "../policy-rule.ts";
import { resourceNamed } from "../questions/resource-names.ts";
import type { AuditEvent, AuditUser } from "./audit-event.ts";
import type { Beside, WriteVerb } from "./beside.ts";

const CREATED = 201;
const CERTIFICATES = "certificates.k8s.io";
const ADMISSION = "admissionregistration.k8s.io";
const CONNECTS: ReadonlySet<string> = new Set(["attach", "exec", "portforward"]);
const ROLES: ReadonlySet<string> = new Set(["roles", "clusterroles"]);
const BINDINGS: ReadonlySet<string> = new Set(["rolebindings", "clusterrolebindings"]);
const POLICIES: ReadonlySet<string> = new Set(["validatingadmissionpolicies", "mutatingadmissionpolicies"]);
const POLICY_BINDINGS: ReadonlySet<string> = new Set([
  "validatingadmissionpolicybindings",
  "mutatingadmissionpolicybindings",
]);

const ownerShape = object({ apiVersion: string, kind: string, name: string, blockOwnerDeletion: boolean });
const bodyShape = object({
  metadata: object({ ownerReferences: array(ownerShape) }),
  rules: array(policyRuleShape),
  aggregationRule: map(array(object({}))),
  roleRef: roleRefShape,
});
const signedShape = object({ spec: object({ signerName: string }) });
const policyShape = object({
  spec: object({
    paramKind: object({ apiVersion: string, kind: string }),
    policyName: string,
    paramRef: object({ name: string, namespace: string }),
  }),
});

/**
 * What the event's request asked for beside its verb. A request that was answered 403 may have failed at any of them, so
 * it proves none. `action` is what it asked for itself.
 */
export function besidesOf(event: AuditEvent, action: Action): readonly Beside[] {
  const found: Beside[] = [];
  if (event.impersonatedUser !== undefined) {
    const wanted = wantedBy(event.impersonatedUser);
    found.push({ kind: "impersonation", wanted, constraint: event.impersonationConstraint, action });
  }
  if (action.kind === "path" || event.code === 403) return found;
  const { verb } = action;
  if (verb === "get" && action.resource === "pods" && action.apiGroup === "" && CONNECTS.has(action.subresource))
    found.push({ kind: "connect", action: { ...action, verb: "create" } });
  if (!isWrite(verb)) return found;
  if (verb !== "create" && event.code === CREATED)
    found.push({ kind: "create-on-update", action: { ...action, verb: "create" } });
  if (action.subresource === "" && event.mentionsBlockingOwner()) found.push(...blockingOwners(event, action));
  const own = ownBeside(event, action, verb);
  // A 404 came before any look at the object, and checks made while it is validated fail as a 422.
  const isInValidation = own?.kind === "parameters" || action.resource === "podcertificaterequests";
  const isReached = event.code !== 404 && !(isInValidation && event.code >= 400);
  if (own !== undefined && isReached) found.push(own);
  return found;
}

/** Whether requests for the action can ask for more than their verb: the others need no look at their bodies. */
export function mayAskMore(action: Action): boolean {
  if (action.kind === "path") return false;
  const { verb, resource, subresource } = action;
  return isWrite(verb) || (verb === "get" && resource === "pods" && CONNECTS.has(subresource));
}

function isWrite(verb: string): verb is WriteVerb {
  return verb === "create" || verb === "update" || verb === "patch";
}

function ownBeside(event: AuditEvent, action: ResourceAction, verb: WriteVerb): Beside | undefined {
  const { apiGroup, resource, subresource } = action;
  if (apiGroup === RBAC_GROUP && ROLES.has(resource) && subresource === "") return roleWrite(event, action, verb);
  if (apiGroup === RBAC_GROUP && BINDINGS.has(resource) && subresource === "") return bindingWrite(event, action, verb);
  if (apiGroup === CERTIFICATES) return signerUse(event, action);
  if (apiGroup === ADMISSION && subresource === "") return parameterUse(event, action);
  return undefined;
}

function roleWrite(event: AuditEvent, action: ResourceAction, verb: WriteVerb): Beside | undefined {
  const { namespace } = action;
  const write = { kind: "role-write", verb, namespace, name: action.name || event.objectName() } as const;
  const stored = narrowed(event.responseObject());
  // What was written is known whole from the answer; a patch that says nothing of the rules changes none.
  const body = stored?.rules !== undefined || stored?.roleRef !== undefined ? stored : narrowed(event.requestObject());
  if (body === undefined) return { ...write, rules: undefined, isAggregated: false };
  if (verb === "patch" && body !== stored && body.rules === undefined && body.aggregationRule === undefined)
    return undefined;
  const isAggregated = body.aggregationRule != null;
  return { ...write, rules: (body.rules ?? []).map(policyRuleOf), isAggregated };
}

function bindingWrite(event: AuditEvent, action: ResourceAction, verb: WriteVerb): Beside {
  const { namespace } = action;
  const write = { kind: "binding-write", verb, namespace, name: action.name || event.objectName() } as const;
  const ref = narrowed(event.responseObject())?.roleRef ?? narrowed(event.requestObject())?.roleRef;
  if (ref == null) return { ...write, roleRef: undefined };
  const { apiGroup, kind, name } = ref;
  return { ...write, roleRef: { apiGroup: apiGroup || RBAC_GROUP, kind: kind ?? "", name: name ?? "" } }; // defaulted
}

function signerUse(event: AuditEvent, { resource, subresource, name }: ResourceAction): Beside | undefined {
  const purpose = signerPurpose(resource, subresource);
  if (purpose === undefined) return undefined;
  const signerName = signerIn(event.responseObject()) ?? signerIn(event.requestObject());
  if (purpose !== "attest") return { kind: "signer", purpose, signerName };
  // A bundle of a signer carries its name: `example.com:web:…` for example.com/web.
  const parts = (name || event.objectName()).split(":");
  const named = parts.length >= 3 ? `${parts[0]}/${parts[1]}` : undefined;
  if (signerName === undefined && named === undefined) return undefined;
  return { kind: "signer", purpose, signerName: signerName ?? named };
}

function signerPurpose(resource: string, subresource: string): "approve" | "sign" | "attest" | undefined {
  if (resource === "certificatesigningrequests") {
    if (subresource === "approval") return "approve";
    return subresource === "status" ? "sign" : undefined;
  }
  if (resource === "podcertificaterequests") return subresource === "status" ? "sign" : undefined;
  return resource === "clustertrustbundles" && subresource === "" ? "attest" : undefined;
}

function signerIn(body: unknown): string | undefined {
  const read = narrow(signedShape, body);
  return (read.ok && read.value.spec?.signerName) || undefined; // empty is none
}

function parameterUse(event: AuditEvent, write: ResourceAction): Beside | undefined {
  const isPolicy = POLICIES.has(write.resource);
  if (!isPolicy && !POLICY_BINDINGS.has(write.resource)) return undefined;
  const policy = isPolicy ? "policy" : "binding";
  const body = event.responseObject() ?? event.requestObject();
  const read = narrow(policyShape, body);
  if (body === undefined || !read.ok) return { kind: "parameters", policy, write, read: undefined };
  const { paramKind, paramRef } = read.value.spec ?? {};
  if (isPolicy) {
    if (paramKind == null) return undefined;
    const parameters = { ...resourceOfKind(paramKind.apiVersion, paramKind.kind), namespace: "*", name: "*" };
    return { kind: "parameters", policy, write, read: parameters };
  }
  // Which kind a binding's parameters are of stands in its policy, not in it.
  return paramRef == null ? undefined : { kind: "parameters", policy, write, read: undefined };
}

function* blockingOwners(event: AuditEvent, { namespace }: ResourceAction): Generator<Beside> {
  const body = narrowed(event.requestObject());
  const owners = (body?.metadata?.ownerReferences ?? []).flatMap((owner): readonly ResourceAction[] => {
    if (owner?.blockOwnerDeletion !== true) return [];
    const of = resourceOfKind(owner.apiVersion, owner.kind);
    return [
      {
        kind: "resource",
        verb: "update",
        ...of,
        subresource: "finalizers",
        namespace,
        name: owner.name ?? "",
      } as const,
    ];
  });
  if (owners.length > 0) yield { kind: "blocking-owner", owners };
}

/** Built-in kinds by their table; of custom ones, the plural that nearly all have. */
function resourceOfKind(apiVersion: string | null | undefined, kind: string | null | undefined) {
  const apiGroup = groupOf(apiVersion ?? "");
  const known = resourceNamed(kind ?? "", apiGroup);
  if (known !== undefined && known.apiGroup === apiGroup) return { apiGroup, resource: known.resource };
  return { apiGroup, resource: pluralOf((kind ?? "").toLowerCase()) };
}

/** k8s.io/apimachinery/pkg/api/meta UnsafeGuessKindToResource. */
function pluralOf(singular: string): string {
  if (singular.endsWith("s")) return `${singular}es`;
  return singular.endsWith("y") ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

/**
 * What the headers asked for: the event names whom the request was made as, with the groups that impersonation adds by
 * itself (k8s.io/apiserver/pkg/endpoints/filters/impersonation).
 */
function wantedBy({ username, groups, uid, extra }: AuditUser): Identity {
  const account = serviceAccountOf(username);
  const added = new Set([AUTHENTICATED_GROUP, UNAUTHENTICATED_GROUP]);
  if (nodeOf(username) !== undefined) added.add(NODES_GROUP);
  let given = groups.filter((group) => !added.has(group));
  if (account !== undefined) {
    const own = serviceAccountGroups(account.namespace);
    const isOwn = given.length === own.length && own.every((group) => given.includes(group));
    if (isOwn) given = [];
  }
  return { user: username, groups: given, ...(uid !== undefined && { uid }), ...(extra !== undefined && { extra }) };
}

function narrowed(body: unknown) {
  if (body === undefined) return undefined;
  const read = narrow(bodyShape, body);
  return read.ok ? read.value : undefined;
}
