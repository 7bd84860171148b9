// Writing roles and bindings: the request, and then escalate, bind, or rights that cover what is granted
// (k/k pkg/registry/rbac/escalation_check.go, pkg/registry/rbac/*/policybased/storage.go).

import { RBAC_GROUP } from "../../kubernetes/rbac.ts";
import type { Access } from "./access-engine.ts";
import { resourceAction } from "./action.ts";
import { goQuote } from "./go-quote.ts";
import type { PolicyRule } from "./policy-rule.ts";
import type { RoleRef } from "./rbac-record.ts";
import type { Requirement } from "./requirement.ts";
import { missingOnWrite } from "./resolution-error.ts";
import { keyOf } from "./resource-reference.ts";

export interface RoleWrite {
  readonly verb: "create" | "update" | "patch";
  /** Empty for a ClusterRole. */
  readonly namespace: string;
  readonly name: string;
  readonly rules: readonly PolicyRule[];
  /** The ClusterRole has aggregation selectors, or had them before. */
  readonly isAggregated?: boolean;
}

export interface BindingWrite {
  readonly verb: "create" | "update" | "patch";
  /** Empty for a ClusterRoleBinding. */
  readonly namespace: string;
  readonly name: string;
  readonly roleRef: RoleRef;
}

const FULL_AUTHORITY: readonly PolicyRule[] = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [], nonResourceURLs: [] },
  { verbs: ["*"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ["*"] },
];

/** What a write of a Role or ClusterRole needs. Writes that change only owner references or finalizers need the request alone. */
export function roleWriteRequirement(write: RoleWrite): Requirement {
  const { namespace, rules } = write;
  const resource = namespace === "" ? "clusterroles" : "roles";
  const target = { apiGroup: RBAC_GROUP, namespace, name: nameOnWrite(write) };
  const covered: Requirement[] = [{ kind: "cover", purpose: "escalate", namespace, resource, rules }];
  if (write.isAggregated === true && namespace === "") {
    const message = "must have cluster-admin privileges to use the aggregationRule";
    covered.push({ kind: "cover", purpose: "aggregate", namespace, resource, rules: FULL_AUTHORITY, message });
  }
  return {
    kind: "all",
    of: [
      { kind: "action", purpose: "request", action: resourceAction(write.verb, resource, target) },
      {
        kind: "any",
        of: [
          { kind: "masters" },
          { kind: "action", purpose: "escalate", action: resourceAction("escalate", resource, target) },
          { kind: "all", of: covered },
        ],
      },
    ],
  };
}

/** What a write of a RoleBinding or ClusterRoleBinding needs; a role that does not exist needs `bind`. */
export function bindingWriteRequirement<S>(access: Access<S>, write: BindingWrite): Requirement {
  const { namespace, roleRef } = write;
  const resource = namespace === "" ? "clusterrolebindings" : "rolebindings";
  const target = { apiGroup: RBAC_GROUP, namespace, name: nameOnWrite(write) };
  return {
    kind: "all",
    of: [
      { kind: "action", purpose: "request", action: resourceAction(write.verb, resource, target) },
      {
        kind: "any",
        of: [{ kind: "masters" }, ...bindRequirement(write), coverRequirement(access, namespace, resource, roleRef)],
      },
    ],
  };
}

/** On a POST the name stands in the body only, so the request has none; PUT and PATCH name the object. */
function nameOnWrite({ verb, name }: { readonly verb: string; readonly name: string }): string {
  return verb === "create" ? "" : name;
}

function bindRequirement({ namespace, roleRef }: BindingWrite): readonly Requirement[] {
  if (roleRef.kind !== "Role" && roleRef.kind !== "ClusterRole") return [];
  const resource = roleRef.kind === "Role" ? "roles" : "clusterroles";
  const apiGroup = roleRef.apiGroup || RBAC_GROUP; // defaulted
  return [
    {
      kind: "action",
      purpose: "bind",
      action: resourceAction("bind", resource, { apiGroup, namespace, name: roleRef.name }),
    },
  ];
}

function coverRequirement<S>(access: Access<S>, namespace: string, resource: string, roleRef: RoleRef): Requirement {
  if (roleRef.kind !== "Role" && roleRef.kind !== "ClusterRole") {
    return { kind: "never", message: `unsupported role reference kind: ${goQuote(roleRef.kind)}` };
  }
  const isFindable = roleRef.kind === "ClusterRole" || namespace !== "";
  const key = keyOf(roleRef.kind === "Role" ? namespace : "", roleRef.name);
  const role = isFindable ? access.state.rbac.roleAt(key) : undefined;
  if (role !== undefined) return { kind: "cover", purpose: "bind", namespace, resource, rules: role.rules.rules };
  return { kind: "never", message: missingOnWrite(resource, roleRef, access.features) };
}
