import fc from "fast-check";
import { expect, test } from "vitest";
import { isPrintableInGo } from "./go-printable.ts";
import { compareBytes, quoteGo } from "./go-text.ts";

// Right-hand sides are what fmt.Sprintf("%q") of Go 1.26 prints.
test.each([
  ["", '""'],
  ["runtime/default", '"runtime/default"'],
  ['a"b\\c', String.raw`"a\"b\\c"`],
  ["\x07\b\f\n\r\t\v", String.raw`"\a\b\f\n\r\t\v"`],
  ["\x00\x1f\x7f", String.raw`"\x00\x1f\x7f"`],
  ["\x80\u00a0\u00ad", String.raw`"\u0080\u00a0\u00ad"`],
  ["é 世界 ❤ 😀", '"é 世界 ❤ 😀"'],
  ["\u200b\u2028\ufeff\ue000", String.raw`"\u200b\u2028\ufeff\ue000"`],
  ["\u{e0001}\u{10ffff}", String.raw`"\U000e0001\U0010ffff"`],
  ["\u{1fae9}", String.raw`"\U0001fae9"`],
  ["\ud800x", '"\ufffdx"'],
])("quotes %j as Go does", (text, quoted) => {
  expect(quoteGo(text)).toBe(quoted);
});

test("what Go prints is a letter, mark, number, punctuation, symbol or the space", () => {
  const graphic = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
  const wrong: number[] = [];
  let printable = 0;
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    if (!isPrintableInGo(codePoint)) continue;
    printable++;
    if (!graphic.test(String.fromCodePoint(codePoint))) wrong.push(codePoint);
  }
  expect(wrong).toEqual([]);
  expect(printable).toBe(148_998); // counted by Go 1.26
});

test("orders strings as their UTF-8 bytes", () => {
  const encoder = new TextEncoder();
  const bytes = (text: string): string => Buffer.from(encoder.encode(text)).toString("latin1");
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const expected = bytes(a) < bytes(b) ? -1 : bytes(a) > bytes(b) ? 1 : 0;
      expect(Math.sign(compareBytes(a, b))).toBe(expected);
    }),
    { seed: 1 },
  );
  expect(["\u{1f600}", "\uffff", "a", "", "ab"].sort(compareBytes)).toEqual(["", "a", "ab", "\uffff", "\u{1f600}"]);
});
