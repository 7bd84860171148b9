// How the objects of a cluster refer to, select and make each other: one index, built once per cluster in time linear in
// its objects, that every relation rule asks.

import type { Cluster } from "../../../cluster/cluster.ts";
import type { Resource } from "../../../cluster/resource.ts";

import { projectedOf, type Projected } from "../../../verdicts/projection.ts";
import type { Detail } from "./details.ts";
import { createInventory, type Inventory } from "./inventory.ts";
import { createPodIndex, type PodIndex } from "./pod-index.ts";
import { targetKindOf, type Reference, type TargetKind } from "./reference.ts";
import { RELATIONS, type RelationFacts } from "./relation-facts.ts";

export type Entry = Projected<RelationFacts>;

export interface Referral {
  readonly entry: Entry;
  readonly reference: Reference;
}

type OfRole<Role extends Detail["role"]> = Extract<Detail, { readonly role: Role }>;

export interface DetailedEntry<Role extends Detail["role"]> {
  readonly resource: Resource;
  readonly facts: RelationFacts;
  readonly detail: OfRole<Role>;
}

export interface Relations {
  readonly inventory: Inventory;
  readonly pods: PodIndex;
  readonly entries: readonly Entry[];
  readonly ofKind: (kind: TargetKind) => readonly Entry[];
  /** Objects that play a role; one that its controller made is left out where that controller is in the input. */
  readonly ofRole: <Role extends Detail["role"]>(role: Role) => readonly DetailedEntry<Role>[];
  /** Whether its controller is in the input, and answers for it. */
  readonly isMade: (entry: Entry) => boolean;
  /** Who names objects of a kind, in the order read; made ones left out likewise. */
  readonly referencesTo: (target: TargetKind) => readonly Referral[];
}

const built = new WeakMap<Cluster, Relations>();

/** The relations of a cluster; built when first asked for. */
export function relationsOf(cluster: Cluster): Relations {
  let relations = built.get(cluster);
  if (relations === undefined) {
    relations = createRelations(projectedOf(cluster, RELATIONS));
    built.set(cluster, relations);
  }
  return relations;
}

function createRelations(entries: readonly Entry[]): Relations {
  const inventory = createInventory(entries);
  const byKind = new Map<TargetKind, Entry[]>();
  const byRole = new Map<string, DetailedEntry<Detail["role"]>[]>();
  const byTarget = new Map<TargetKind, Referral[]>();
  for (const entry of entries) {
    append(byKind, entry.facts.kind, entry);
    if (isMade(entry, inventory)) continue;
    const { resource, facts } = entry;
    if (facts.detail !== undefined) append(byRole, facts.detail.role, { resource, facts, detail: facts.detail });
    for (const reference of facts.references) append(byTarget, reference.target, { entry, reference });
  }
  let pods: PodIndex | undefined;
  return {
    inventory,
    entries,
    isMade: (entry) => isMade(entry, inventory),
    get pods() {
      return (pods ??= createPodIndex(entries));
    },
    ofKind: (kind) => byKind.get(kind) ?? [],
    ofRole: <Role extends Detail["role"]>(role: Role) =>
      (byRole.get(role) ?? []) as unknown as readonly DetailedEntry<Role>[], // filed under its own role
    referencesTo: (target) => byTarget.get(target) ?? [],
  };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Whether a controller that is in the input made it: the controller's own object answers for both. */
function isMade({ resource }: Entry, inventory: Inventory): boolean {
  const { object, id } = resource;
  return (object.metadata?.ownerReferences ?? []).some(
    (owner) =>
      owner?.controller === true &&
      inventory.get(targetKindOf(owner.apiVersion ?? "", owner.kind ?? ""), id.namespace, owner.name ?? "") !==
        undefined,
  );
}
