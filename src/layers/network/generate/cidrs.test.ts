import fc from "fast-check";
import { expect, test } from "vitest";
import { EVERY_ADDRESS, parseCidr, singleAddress, type AddressSet } from "../address-set.ts";
import { FAMILY_BORDER } from "../address.ts";
import { INTERNET } from "../internet.ts";
import { subtract, union } from "../interval-set.ts";
import { addressBlocksOf } from "./address-blocks-of.ts";
import { cidrsOf } from "./cidrs.ts";

const cidr = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, prefix]) => `${address}/${prefix}`),
);
const addresses = fc
  .array(fc.tuple(cidr, fc.boolean()), { minLength: 1, maxLength: 6 })
  .map((parts) =>
    parts.reduce<AddressSet>((set, [text, isIn]) => (isIn ? union : subtract)(set, parseCidr(text)?.set ?? []), []),
  );

function setOf(texts: readonly string[]): AddressSet {
  return texts.reduce<AddressSet>((set, text) => union(set, parseCidr(text)?.set ?? []), []);
}

test("CIDRs are exactly the set, in canonical form", () => {
  const isExact = fc.property(addresses, (set) => {
    const texts = cidrsOf(set);
    expect(setOf(texts)).toEqual(set);
    for (const text of texts) expect(parseCidr(text)).toMatchObject({ hasHostBits: false, isSloppy: false });
  });
  fc.assert(isExact, { seed: 1, numRuns: 500 });
});

test("blocks with exceptions are exactly the set, and never more words than CIDRs", () => {
  const isExact = fc.property(addresses, (set) => {
    const blocks = addressBlocksOf(set);
    const parts = blocks.map((block) => subtract(setOf([block.cidr]), setOf(block.except ?? [])));
    expect(parts.reduce<AddressSet>(union, [])).toEqual(set);
    for (const { cidr: whole, except = [] } of blocks)
      for (const part of except) expect(subtract(setOf([part]), setOf([whole]))).toEqual([]);
    const words = blocks.reduce((count, { except = [] }) => count + 1 + except.length, 0);
    expect(words).toBeLessThanOrEqual(cidrsOf(set).length);
  });
  fc.assert(isExact, { seed: 2, numRuns: 500 });
});

test("the whole line, its border and the internet", () => {
  expect(cidrsOf(EVERY_ADDRESS)).toEqual(["0.0.0.0/0", "::/0"]);
  expect(cidrsOf(singleAddress(0xffffffff))).toEqual(["255.255.255.255/32"]);
  expect(cidrsOf(singleAddress(FAMILY_BORDER))).toEqual(["::/128"]);
  expect(addressBlocksOf(INTERNET).map((block) => block.cidr)).toEqual(["0.0.0.0/0", "2000::/3"]);
});
