// Addresses in the fewest words a policy has for them: CIDRs, or one CIDR with exceptions where that is shorter.

import { EVERY_FOUR, EVERY_SIX, parseCidr, type AddressSet } from "../address-set.ts";
import { intersect, isEmpty, subtract } from "../interval-set.ts";
import { cidrsOf } from "./cidrs.ts";

export interface AddressBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

const known = new WeakMap<AddressSet, readonly AddressBlock[]>();

/** Blocks that together are exactly the set. Worked out once for each set. */
export function addressBlocksOf(set: AddressSet): readonly AddressBlock[] {
  let made = known.get(set);
  if (made === undefined) known.set(set, (made = fewestBlocks(set)));
  return made;
}

function fewestBlocks(set: AddressSet): readonly AddressBlock[] {
  return [EVERY_FOUR, EVERY_SIX].flatMap((family): readonly AddressBlock[] => {
    const part = intersect(set, family);
    if (isEmpty(part)) return [];
    const plain = cidrsOf(part).map((cidr) => ({ cidr }));
    if (plain.length < 3) return plain;
    const cidr = enclosing(part, family === EVERY_FOUR ? 32 : 128);
    const except = cidrsOf(subtract(parseCidr(cidr)?.set ?? [], part));
    return 1 + except.length < plain.length ? [{ cidr, except }] : plain;
  });
}

/** The smallest CIDR that has the whole set. */
function enclosing(set: AddressSet, bits: number): string {
  const [first = ""] = cidrsOf(set);
  const address = first.slice(0, first.indexOf("/"));
  let low = 0;
  let high = bits; // a prefix of `low` bits has the set, one of more than `high` has not
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (isEmpty(subtract(set, parseCidr(`${address}/${middle}`)?.set ?? []))) low = middle;
    else high = middle - 1;
  }
  return cidrsOf(parseCidr(`${address}/${low}`)?.set ?? [])[0] ?? "";
}
