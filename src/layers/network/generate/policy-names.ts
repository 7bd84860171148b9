// Names of generated policies: the workload's own, or with its kind where two workloads of a namespace share it.

import type { Owner } from "./owner-selector.ts";

export const DEFAULT_DENY = "default-deny";
const LONGEST_NAME = 253;

/** A name for each owner of one namespace, all different. */
export function nameOwners(owners: readonly Owner[], taken: readonly string[]): ReadonlyMap<Owner, string> {
  const used = new Set(taken);
  const counts = new Map<string, number>();
  for (const owner of owners) counts.set(nameOf(owner), (counts.get(nameOf(owner)) ?? 0) + 1);
  const names = new Map<Owner, string>();
  for (const owner of owners) {
    const plain = nameOf(owner);
    const isUnique = counts.get(plain) === 1 && !used.has(plain);
    const wanted = isUnique ? plain : `${plain}-${(owner.workloads[0]?.kind ?? "").toLowerCase()}`;
    let name = wanted.slice(0, LONGEST_NAME);
    for (let number = 2; used.has(name); number++) name = `${wanted.slice(0, LONGEST_NAME - 5)}-${number}`;
    used.add(name);
    names.set(owner, name);
  }
  return names;
}

/** Names of what has only a `generateName`, or of a template that nobody filled in, may be none for the API. */
function nameOf({ workloads }: Owner): string {
  const name = (workloads[0]?.name ?? "").toLowerCase().replaceAll(/[^a-z0-9.-]+/g, "-");
  return name.replaceAll(/(?<=[.])[-.]+|[-]+(?=[.])/g, "").replaceAll(/^[-.]+|[-.]+$/g, "") || "workload";
}
