// Whoever writes the rules of a role has every right in the scope in which it is bound to them.

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";
import { namespaceRights } from "./namespace-rights.ts";
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
  for (const { kind, name, namespace, acting } of rights.granted) {
    if (kind !== "ClusterRole" && (kind !== "Role" || namespace === EVERYWHERE)) continue;
    const scope = kind === "Role" ? namespace : undefined;
    if (isThere(scope, name)) yield* once(written, scope, name);
    yield { needs: [roleRules(scope, name), acting], gives: everythingIn(namespace), isMeant: true };
  }
  // A role that somebody may bind by name before it is there.
  for (const power of [BIND_CLUSTER_ROLES, BIND_ROLES]) {
    for (const { name, namespace } of rights.of(power)) {
      if (name === "" || (power === BIND_ROLES && namespace === EVERYWHERE)) continue;
      const scope = power === BIND_ROLES ? namespace : undefined;
      if (isThere(scope, name)) continue; // granted, see above
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
  return namespace === EVERYWHERE ? { kind: "cluster-admin" } : namespaceRights(namespace);
}

/** The one name that rights of one request are about: empty where none names any, `undefined` where they differ. */
export function commonName(rights: readonly { readonly name: string }[]): string | undefined {
  const names = new Set(rights.flatMap(({ name }) => (name === "" ? [] : [name])));
  return names.size > 1 ? undefined : ([...names][0] ?? "");
}
