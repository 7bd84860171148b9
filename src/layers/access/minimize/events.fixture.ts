// Audit events and rights for tests.

import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { createAccess } from "../access-engine.ts";
import { authenticated } from "../identity.ts";
import type { AuditEvent, AuditUser } from "./audit-event.ts";
import { createUsage, minimize, withDefaults, type MinimizeOptions, type Usage } from "./minimize.ts";

const MINOR = 36;
let ids = 0;

export function auditUser(username: string, groups: readonly string[] = []): AuditUser {
  return { username, groups: authenticated(username, groups).groups };
}

export interface EventFields extends Partial<Omit<AuditEvent, "user" | "requestObject" | "responseObject">> {
  readonly user?: string | AuditUser;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly name?: string;
}

/** An allowed, answered request at level Metadata unless told otherwise. */
export function event(verb: string, requestUri: string, fields: EventFields = {}): AuditEvent {
  const { user = "alice", request, response, name = "", ...rest } = fields;
  return {
    level: "Metadata",
    stage: "ResponseComplete",
    auditId: `id-${++ids}`,
    verb,
    requestUri,
    impersonatedUser: undefined,
    impersonationConstraint: "",
    code: 200,
    decision: "allow",
    receivedAt: "2026-11-25T02:48:49.000000Z",
    objectName: () => name,
    mentionsBlockingOwner: () => JSON.stringify(request ?? "").includes("blockOwnerDeletion"),
    ...rest,
    user: typeof user === "string" ? auditUser(user) : user,
    requestObject: () => request,
    responseObject: () => response,
  };
}

export function usageOf(...events: readonly AuditEvent[]): Usage {
  const usage = createUsage();
  for (const one of events) usage.add(one);
  return usage.result();
}

/** The proposal for one user, beside the rights given, or from the log alone. */
export function proposed(
  events: readonly AuditEvent[],
  objects?: readonly KubernetesObject[],
  options: Partial<MinimizeOptions> & { readonly user?: string } = {},
) {
  const { user = "alice", ...more } = options;
  const all = (objects ?? []).map((object) => ({ object, source: undefined }));
  const present = objects && withDefaults(createAccess(all, { minor: MINOR }), MINOR, undefined);
  const result = minimize({
    usage: usageOf(...events),
    present,
    options: { minor: MINOR, names: 4, families: false, dropUnseen: false, ...more },
    users: [user],
    source: undefined,
  });
  const [subject] = result.subjects;
  if (subject === undefined) throw new Error(`nothing for ${user}`);
  return subject;
}

/** `shop: get pods[web]`, one a rule and place, sorted. */
export function rights(subject: ReturnType<typeof proposed>): readonly string[] {
  return subject.roles
    .flatMap(({ namespaces, rules }) =>
      namespaces.flatMap((namespace) =>
        rules.map(({ rule }) => {
          const names = rule.resourceNames.length === 0 ? "" : `[${rule.resourceNames.join(",")}]`;
          const what = [...rule.resources, ...rule.nonResourceURLs].join(",");
          const groups = rule.apiGroups.every((group) => group === "") ? "" : ` in ${rule.apiGroups.join(",")}`;
          return `${namespace || "*"}: ${rule.verbs.join(",")} ${what}${names}${groups}`;
        }),
      ),
    )
    .toSorted();
}

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

export function clusterRole(name: string, ...rules: readonly string[]): KubernetesObject {
  return { apiVersion, kind: "ClusterRole", metadata: { name }, rules: rules.map(rule) };
}

/** `get,list pods,services[web] apps`, or `get /metrics`. */
function rule(text: string): object {
  const [verbs = "", what = "", groups = ""] = text.split(" ");
  if (what.startsWith("/")) return { verbs: verbs.split(","), nonResourceURLs: [what] };
  const [, resources = "", names] = /^([^[]*)(?:\[(.*)\])?$/.exec(what) ?? [];
  return {
    verbs: verbs.split(","),
    apiGroups: groups === "" ? [""] : groups.split(","),
    resources: resources.split(","),
    ...(names !== undefined && { resourceNames: names.split(",") }),
  };
}

/** A binding of a ClusterRole, in a namespace or everywhere; subjects such as `alice` or `group:devs`. */
export function bound(role: string, namespace: string, ...subjects: readonly string[]): KubernetesObject {
  return {
    apiVersion,
    kind: namespace === "" ? "ClusterRoleBinding" : "RoleBinding",
    metadata: { name: role, ...(namespace === "" ? {} : { namespace }) },
    roleRef: { apiGroup, kind: "ClusterRole", name: role },
    subjects: subjects.map((subject) => ({
      apiGroup,
      kind: subject.startsWith("group:") ? "Group" : "User",
      name: subject.replace(/^group:/, ""),
    })),
  };
}
