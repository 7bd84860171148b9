// Rights to create objects. A rule with names never allows a POST, which names nothing; but server-side apply creates by a PATCH
// that does, and asks for `create` with that name (k/k staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go).

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";
import { clusterScoped, named, unnamed, type Power } from "./power.ts";
import type { Right } from "./right.ts";
import type { Rights } from "./rights.ts";

export interface CreationPowers {
  readonly create: Power;
  readonly createByName: Power;
  readonly patch: Power;
}

export interface Creation {
  readonly needs: readonly Holding[];
  readonly namespace: NamespaceScope;
  /** Only an object of that name; empty: any. */
  readonly name: string;
}

export function creationPowers(apiGroup: string, resource: string): CreationPowers {
  const create = unnamed(["create"], apiGroup, resource);
  return {
    create,
    createByName: { ...create, id: `${create.id} by name`, isNamed: true },
    patch: named(["patch"], apiGroup, resource),
  };
}

/** The same of a resource without a namespace. */
export function clusterScopedCreation(apiGroup: string, resource: string): CreationPowers {
  const { create, createByName, patch } = creationPowers(apiGroup, resource);
  return { create: clusterScoped(create), createByName: clusterScoped(createByName), patch: clusterScoped(patch) };
}

/** All three, for a technique to ask for. */
export function powersToCreate({ create, createByName, patch }: CreationPowers): readonly Power[] {
  return [create, createByName, patch];
}

/** In every way that somebody can. Linear in the rights, and in the names that one identity has. */
export function* creations(rights: Rights, { create, createByName, patch }: CreationPowers): Generator<Creation> {
  for (const { holding, namespace } of rights.of(create)) yield { needs: [holding], namespace, name: "" };
  if (rights.of(createByName).every(({ name }) => name === "")) return;
  for (const { namespace, rights: both } of rights.joint([createByName, patch], [0, 1])) {
    const [creating, patching] = both;
    if (creating === undefined || patching === undefined || creating.name === "") continue;
    if (patching.name !== "" && patching.name !== creating.name) continue;
    yield { needs: both.map(({ holding }) => holding), namespace, name: creating.name };
  }
}

/**
 * Creation of one object by name, together with other rights of the same identity; where `isAboutIt` says so, those have
 * to be about the same name.
 */
export function* namedCreations(
  rights: Rights,
  powers: { readonly createByName: Power; readonly change: Power; readonly others: readonly Power[] },
  isAboutIt: readonly boolean[] = [],
): Generator<Creation & { readonly others: readonly Right[] }> {
  const { createByName, change, others } = powers;
  if (rights.of(createByName).every(({ name }) => name === "")) return;
  const about = [0, 1, ...others.flatMap((_, index) => (isAboutIt[index] === true ? [index + 2] : []))];
  for (const { namespace, rights: all } of rights.joint([createByName, change, ...others], about)) {
    const [creating, changing, ...rest] = all;
    if (creating === undefined || changing === undefined || creating.name === "") continue;
    const about = [changing, ...rest.filter((_, index) => isAboutIt[index] === true)];
    if (about.some(({ name }) => name !== "" && name !== creating.name)) continue;
    yield { needs: all.map(({ holding }) => holding), namespace, name: creating.name, others: rest };
  }
}

/** The scope, or where some of its namespaces have one of that name already, the others. */
export function freeScopes(
  { namespaces }: Pick<AttackWorld, "namespaces">,
  namespace: NamespaceScope,
  isThere: (namespace: string) => boolean,
): readonly NamespaceScope[] {
  if (namespace !== EVERYWHERE) return isThere(namespace) ? [] : [namespace];
  const free = namespaces.filter(({ name }) => !isThere(name));
  return free.length === namespaces.length ? [EVERYWHERE] : free.map(({ name }) => name);
}
