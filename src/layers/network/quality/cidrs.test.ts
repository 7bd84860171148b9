import fc from "fast-check";
import { expect, test } from "vitest";
import { EVERY_FOUR, EVERY_SIX, parseCidr, type AddressSet } from "../address-set.ts";
import { union } from "../interval-set.ts";
import { cidrsOf } from "./cidrs.ts";

const setOf = (cidrs: readonly string[]): AddressSet =>
  cidrs.reduce<AddressSet>((set, cidr) => union(set, parseCidr(cidr)?.set ?? []), []);

test("neighbours become one, and a family is one", () => {
  expect(cidrsOf(setOf(["10.0.0.0/9", "10.128.0.0/9", "10.1.0.0/16"]))).toEqual(["10.0.0.0/8"]);
  expect(cidrsOf(setOf(["10.1.0.0/16", "10.2.0.0/16"]))).toEqual(["10.1.0.0/16", "10.2.0.0/16"]);
  expect(cidrsOf(union(EVERY_FOUR, EVERY_SIX))).toEqual(["0.0.0.0/0", "::/0"]);
});

test("the CIDRs are the set again, and never more than it was made of", () => {
  const four = fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 0, max: 32 }));
  const six = fc.tuple(fc.nat(65_535), fc.integer({ min: 0, max: 128 }));
  const cidr = fc.oneof(
    four.map(([a, b, prefix]) => `10.${a}.0.${b}/${prefix}`),
    six.map(([a, prefix]) => `fd00::${a.toString(16)}/${prefix}`),
  );
  fc.assert(
    fc.property(fc.array(cidr, { maxLength: 6 }), (cidrs) => {
      const set = setOf(cidrs);
      const made = cidrsOf(set);
      expect(setOf(made)).toEqual(set);
      expect(made.length).toBeLessThanOrEqual(cidrs.length);
    }),
    { seed: 5 },
  );
});
