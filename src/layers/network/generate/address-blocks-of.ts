// Addresses in the fewest words a policy has for them: CIDRs, or one CIDR with exceptions where that is shorter.

import { EVERY_FOUR, EVERY_SIX, parseCidr, type AddressSet } from "../address-set.ts";
import { intersect, isEmpty, subtract } from "../interval-set.ts";
import { cidrsOf } from "./cidrs.ts";

export interface AddressBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Blocks that together are exactly the set. */
export function addressBlocksOf(set: AddressSet): readonly AddressBlock[] {
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
  for (let prefix = bits; prefix > 0; prefix--) {
    const found = parseCidr(`${address}/${prefix}`)?.set ?? [];
    if (isEmpty(subtract(set, found))) return cidrsOf(found)[0] ?? "";
  }
  return bits === 32 ? "0.0.0.0/0" : "::/0";
}
