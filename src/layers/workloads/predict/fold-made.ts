// Pods and ReplicaSets that a controller made are told of under the controller, as long as they violate the same.

import type { OwnerReference } from "../../../kubernetes/object.ts";
import type { Carrier } from "./carrier.ts";

/** A carrier that speaks for others: its own pods, or identical siblings. */
export interface Entry {
  readonly carrier: Carrier;
  /** Who made it, where that is not in the input or makes other pods now. */
  readonly madeBy: { readonly kind: string; readonly name: string } | undefined;
  /** How many more objects violate exactly the same, under the same owner. */
  readonly others: number;
}

interface Counted extends Omit<Entry, "others"> {
  others: number;
}

/**
 * One entry for each carrier, but for those that their owner's template, or a sibling, already speaks for.
 * `violationsText` is equal for carriers that may be told of together. Linear in the number of carriers, which are of
 * one namespace.
 */
export function foldMade(carriers: readonly Carrier[], violationsText: (carrier: Carrier) => string): readonly Entry[] {
  const ownerOf = ownersIn(carriers);
  const owners = new Map<Carrier, Counted>();
  const siblings = new Map<string, Counted>();
  const entries: Counted[] = [];
  const add = (carrier: Carrier, madeBy: Entry["madeBy"]): Counted => {
    const entry = { carrier, madeBy, others: 0 };
    entries.push(entry);
    return entry;
  };
  const made: Carrier[] = [];
  for (const carrier of carriers) {
    if (carrier.owner === undefined || (ownerOf(carrier) === undefined && !carrier.isPod))
      owners.set(carrier, add(carrier, nameOf(carrier.owner)));
    else made.push(carrier);
  }
  for (const carrier of made) {
    const top = topOf(carrier, ownerOf);
    const text = violationsText(carrier);
    const owner = owners.get(top);
    if (owner !== undefined && violationsText(top) === text) {
      owner.others++;
      continue;
    }
    const name = owner === undefined ? nameOf(top.owner) : { kind: top.id.kind, name: top.id.name };
    const key = `${name?.kind}/${name?.name} ${text}`;
    const sibling = siblings.get(key);
    if (sibling === undefined) siblings.set(key, add(carrier, name));
    else sibling.others++;
  }
  return entries;
}

function ownersIn(carriers: readonly Carrier[]): (carrier: Carrier) => Carrier | undefined {
  const byUid = new Map(carriers.filter(({ uid }) => uid !== "").map((carrier) => [carrier.uid, carrier]));
  const byName = new Map(carriers.map((carrier) => [`${carrier.id.kind}/${carrier.id.name}`, carrier]));
  return ({ owner }) =>
    owner === undefined ? undefined : (byUid.get(owner.uid ?? "") ?? byName.get(`${owner.kind}/${owner.name}`));
}

/** A Pod of a ReplicaSet of a Deployment of a custom controller; deeper chains end there. */
const DEEPEST = 8;

function topOf(carrier: Carrier, ownerOf: (carrier: Carrier) => Carrier | undefined): Carrier {
  let top = carrier;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const owner = ownerOf(top);
    if (owner === undefined || owner === top) return top;
    top = owner;
  }
  return top;
}

function nameOf(owner: OwnerReference | undefined): Entry["madeBy"] {
  return owner === undefined ? undefined : { kind: owner.kind ?? "", name: owner.name ?? "" };
}
