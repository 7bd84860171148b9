// What a request asked for beside its verb, as the requirement the engine evaluates. Where the log has no body, the
// name of a role or binding leads to what stands there now.

import type { Access } from "../access-engine.ts";
import type { Identity } from "../identity.ts";
import { impersonations } from "../impersonation.ts";
import { policyParametersRequirement, signerRequirement } from "../request-requirements.ts";
import type { Requirement } from "../requirement.ts";
import { keyOf } from "../resource-reference.ts";
import { bindingWriteRequirement, roleWriteRequirement } from "../write-requirements.ts";
import type { Beside } from "./beside.ts";

export type BesideRequirement =
  | { readonly kind: "known"; readonly requirement: Requirement }
  | { /** Nothing is checked in this version, or only by a plugin that is off. */ readonly kind: "none" }
  | { /** The log does not have what was written. */ readonly kind: "unknown" };

const NONE: BesideRequirement = { kind: "none" };
const UNKNOWN: BesideRequirement = { kind: "unknown" };

/** `identity` is the one who asked; `access` holds the roles and bindings there are, or the API server's own alone. */
export function besideRequirement<S>(access: Access<S>, identity: Identity, beside: Beside): BesideRequirement {
  switch (beside.kind) {
    case "create-on-update":
      return known({ kind: "action", purpose: "create-on-update", action: beside.action });
    case "connect":
      if (!access.features.execNeedsCreate) return NONE;
      return known({ kind: "action", purpose: "connect-needs-create", action: beside.action });
    case "role-write": {
      const { namespace, name } = beside;
      const role = access.state.rbac.roleAt(keyOf(namespace, name));
      const rules = beside.rules ?? role?.rules.rules;
      if (rules === undefined) return UNKNOWN;
      const isAggregated = beside.rules === undefined ? role?.selectors !== undefined : beside.isAggregated;
      return known(besideRequest(roleWriteRequirement({ ...beside, rules, isAggregated })));
    }
    case "binding-write": {
      const { namespace, name } = beside;
      const standing = access.state.rbac.scopes.get(namespace)?.bindings.get(keyOf(namespace, name));
      const roleRef = beside.roleRef ?? standing?.roleRef;
      return roleRef === undefined
        ? UNKNOWN
        : known(besideRequest(bindingWriteRequirement(access, { ...beside, roleRef })));
    }
    case "signer":
      return beside.signerName === undefined ? UNKNOWN : known(signerRequirement(beside.purpose, beside.signerName));
    case "parameters": {
      if (beside.read === undefined) return UNKNOWN;
      const { apiGroup, resource } = beside.read;
      return known(besideRequest(policyParametersRequirement(beside.write, apiGroup, resource)));
    }
    case "impersonation": {
      const { wanted, constraint, action } = beside;
      const modes = impersonations(access.features, identity, wanted, action);
      const mode = constraint.startsWith(MODE_PREFIX) ? constraint.slice(MODE_PREFIX.length) : "legacy";
      const used = modes.find((one) => one.mode === mode);
      return used === undefined ? UNKNOWN : known(used.requirement);
    }
    case "blocking-owner":
      return known({
        kind: "all",
        of: beside.owners.map((action) => ({ kind: "action", purpose: "finalize-owner", action }) as const),
      });
  }
}

const MODE_PREFIX = "impersonate:";

function known(requirement: Requirement): BesideRequirement {
  return { kind: "known", requirement };
}

/** Without the request itself, which the log has as an event. */
function besideRequest(requirement: Requirement): Requirement {
  if (requirement.kind !== "all") return requirement;
  const of = requirement.of.filter((part) => part.kind !== "action" || part.purpose !== "request");
  return { kind: "all", of };
}
