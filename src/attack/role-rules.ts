// Whoever writes the rules of a role has every right in the scope in which it is bound to them.

import type { AttackWorld } from "./attack-world.ts";
import { actingAs, EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";
import { BIND_CLUSTER_ROLES, BIND_ROLES } from "./powers.ts";
import type { Step } from "./step.ts";

/** The rules of a ClusterRole (no namespace) or a Role; an empty name is every one that is there in the scope. */
export function roleRules(namespace: NamespaceScope | undefined, name: string): Holding {
  return { kind: "role-rules", role: `${namespace === undefined ? "" : `${namespace}/`}${name || "*"}` };
}

/** What it means to write rules: of all roles is of each, and of a role that is bound is what its subjects can have. */
export function* rewrittenRoles({ rights, access }: AttackWorld): Generator<Step> {
  const written = new Set<string>();
  const { roles } = access.state.rbac;
  const isThere = (scope: NamespaceScope | undefined, name: string): boolean =>
    roles.get(`${scope ?? ""}\u0000${name}`) !== undefined;
  for (const { holder, binding, namespace, facts, controls } of rights.bound) {
    const { kind, name } = binding.roleRef;
    if (kind !== "ClusterRole" && (kind !== "Role" || namespace === EVERYWHERE)) continue;
    const scope = kind === "Role" ? namespace : undefined;
    if (isThere(scope, name)) yield* once(written, scope, name);
    for (const one of [holder, actingAs(holder)])
      yield { needs: [roleRules(scope, name), one], gives: everythingIn(namespace), isMeant: true, facts, controls };
  }
  // A role that somebody may bind by name, whether it is there already or not.
  for (const power of [BIND_CLUSTER_ROLES, BIND_ROLES]) {
    for (const { name, namespace } of rights.of(power)) {
      if (name === "" || (power === BIND_ROLES && namespace === EVERYWHERE)) continue;
      const scope = power === BIND_ROLES ? namespace : undefined;
      if (isThere(scope, name)) yield* once(written, scope, name);
      const role = scope === undefined ? name : `${scope}/${name}`;
      const needs: readonly Holding[] = [roleRules(scope, name), { kind: "role", role, namespace }];
      yield { needs, gives: everythingIn(namespace), isMeant: true };
    }
  }
}

function* once(written: Set<string>, scope: NamespaceScope | undefined, name: string): Generator<Step> {
  const key = `${scope ?? ""}/${name}`;
  if (written.has(key)) return;
  written.add(key);
  const gives = roleRules(scope, name);
  const wider =
    scope === undefined
      ? [roleRules(undefined, "")]
      : [roleRules(scope, ""), roleRules(EVERYWHERE, name), roleRules(EVERYWHERE, "")];
  for (const one of wider) yield { needs: [one], gives, isMeant: true };
}

function everythingIn(namespace: NamespaceScope): Holding {
  return namespace === EVERYWHERE ? { kind: "cluster-admin" } : { kind: "namespace-admin", namespace };
}

/** The one name that rights of one request are about: empty where none names any, `undefined` where they differ. */
export function commonName(rights: readonly { readonly name: string }[]): string | undefined {
  const names = new Set(rights.flatMap(({ name }) => (name === "" ? [] : [name])));
  return names.size > 1 ? undefined : ([...names][0] ?? "");
}
