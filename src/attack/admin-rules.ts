// What the built-in ClusterRole `admin` allows in a minor, with what it gathers from `edit` and `view`.

import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import { createAccess } from "../layers/access/access.ts";
import { defaultRoles } from "../layers/access/bootstrap.ts";
import type { PolicyRule } from "../layers/access/policy-rule.ts";

const known = new Map<KubernetesMinor, readonly PolicyRule[]>();

/** Read off the defaults of the minor, or of the nearest known one. */
export function adminRules(minor: KubernetesMinor): readonly PolicyRule[] {
  let rules = known.get(minor);
  if (rules === undefined) {
    const objects = [...defaultRoles(minor)].map((object) => ({ object, source: undefined }));
    const { rbac } = createAccess(objects, { minor }).state;
    rules = rbac.roleAt("\u0000admin")?.rules.rules ?? [];
    known.set(minor, rules);
  }
  return rules;
}
