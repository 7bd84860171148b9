import fc from "fast-check";
import { expect, test } from "vitest";
import { familyOf, FAMILY_BORDER, formatAddress, LINE_END, parseAddress, pointAfter, pointBefore } from "./address.ts";
import { formatRanges, isSingleAddress, parseCidr, singleAddress } from "./address-set.ts";

const four = fc.integer({ min: 0, max: 0xffffffff });
const six = fc.bigInt({ min: FAMILY_BORDER, max: LINE_END - 1n });

test("an address that was printed reads as itself, except IPv4 in IPv6 notation", () => {
  fc.assert(
    fc.property(fc.oneof(four, six), (point) => {
      const isMapped = typeof point === "bigint" && (point - FAMILY_BORDER) >> 32n === 0xffffn;
      fc.pre(!isMapped);
      expect(parseAddress(formatAddress(point))).toEqual({ point, isSloppy: false });
    }),
  );
});

test("addresses are printed as RFC 5952 wants them", () => {
  const texts = ["::", "::1", "2001:db8::", "fe80::1:0:0:2", "1:0:0:2::", "1:2:3:4:5:6:7:8", "0:1::", "192.0.2.255"];
  expect(texts.map((text) => formatAddress(parseAddress(text)?.point ?? 0))).toEqual([
    "::",
    "::1",
    "2001:db8::",
    "fe80::1:0:0:2",
    "1:0:0:2::",
    "1:2:3:4:5:6:7:8",
    "0:1::",
    "192.0.2.255",
  ]);
});

test("IPv6 may end in a dotted address; IPv4 in IPv6 notation is the IPv4 address", () => {
  expect(parseAddress("64:ff9b::192.0.2.1")).toEqual(parseAddress("64:ff9b::c000:201"));
  expect(parseAddress("::ffff:192.0.2.1")).toEqual({ point: 0xc0000201, isSloppy: true });
});

test("leading zeros are decimal and sloppy", () => {
  expect(parseAddress("192.168.010.001")).toEqual({ point: 0xc0a80a01, isSloppy: true });
});

test("what is no address is none", () => {
  for (const text of [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1..2.3",
    ".1.2.3",
    "1.2.3.",
    "a.b.c.d",
    " 1.2.3.4",
    "1.2.3.4 ",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "g::",
    "1:2:3:4:5:6:7:8::",
    "::1.2.3",
    "1.2.3.4::",
  ]) {
    expect([text, parseAddress(text)]).toEqual([text, undefined]);
  }
});

test("the families meet at the border", () => {
  expect(pointAfter(0xffffffff)).toBe(FAMILY_BORDER);
  expect(pointBefore(FAMILY_BORDER)).toBe(0xffffffff);
  expect([familyOf(0xffffffff), familyOf(FAMILY_BORDER)]).toEqual([4, 6]);
  expect(isSingleAddress(singleAddress(0xffffffff))).toBe(true);
});

test("a CIDR is its network, from the shortest prefix to the longest", () => {
  const ranges = (text: string) => formatRanges(parseCidr(text)?.set ?? []);
  expect(ranges("10.1.2.3/8")).toEqual(["10.0.0.0-10.255.255.255"]);
  expect(ranges("0.0.0.0/0")).toEqual(["0.0.0.0-255.255.255.255"]);
  expect(ranges("255.255.255.255/32")).toEqual(["255.255.255.255"]);
  expect(ranges("2001:db8::/32")).toEqual(["2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"]);
  expect(ranges("::/0")).toEqual(["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]);
  expect(ranges("::ffff:10.0.0.0/104")).toEqual(["10.0.0.0-10.255.255.255"]);
  for (const text of [
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "/8",
    "::/129",
    "10.0.0.0/8/9",
    "::ffff:10.0.0.0/90",
  ]) {
    expect([text, parseCidr(text)]).toEqual([text, undefined]);
  }
});
