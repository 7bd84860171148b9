import fc from "fast-check";
import { expect, test } from "vitest";
import { createItemSplitter, type SplitEnd } from "./item-splitter.ts";

/** Splits `text`, cut after the given numbers of bytes. */
function split(
  text: string,
  cuts: readonly number[] = [],
): { readonly items: readonly string[]; readonly end: SplitEnd } {
  const bytes = Buffer.from(text);
  const splitter = createItemSplitter();
  const items: string[] = [];
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    const chunk = Buffer.from(bytes.subarray(from, cut));
    splitter.push(chunk, (item) => items.push(item));
    chunk.fill(0x20); // a stream may use its memory again
    from = cut;
  }
  return { items, end: splitter.end() };
}

const item = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue());
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test("items are those of JSON.parse, wherever the chunks end", () => {
  fc.assert(
    fc.property(fc.array(item), cuts, fc.constantFrom(undefined, 1), (items, at, indent) => {
      const list = { kind: "List", metadata: { continue: 'a"\\]' }, items, after: [1, { items: [2] }] };
      const result = split(JSON.stringify(list, null, indent), at);
      expect(result.items.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(items)));
      expect(result.end.kind === "complete" && JSON.parse(result.end.envelope)).toEqual({ ...list, items: [] });
    }),
  );
});

test("a list cut anywhere is never complete", () => {
  const text = JSON.stringify({ kind: "PodList", items: [{ a: "ü€😀" }, { b: ["}", "]", '\\"'] }], metadata: {} });
  const bytes = Buffer.from(text);
  for (let length = 0; length < bytes.length; length++) {
    const splitter = createItemSplitter();
    splitter.push(bytes.subarray(0, length), () => {});
    expect(splitter.end().kind, `cut after ${length} bytes`).toBe("truncated");
  }
});

test("each byte on its own gives the same items", () => {
  const text = '{"items": [ {"name":"größe 😀"} , {"x":"\\\\"} ] ,"kind":"PodList"}';
  const every = Array.from({ length: Buffer.byteLength(text) }, (_, index) => index);
  expect(split(text, every).items.map((part) => JSON.parse(part))).toEqual([{ name: "größe 😀" }, { x: "\\" }]);
});

test.each([
  ["a comma without an item before it", '{"items":[,{}]}'],
  ["a comma without an item behind it", '{"items":[{},]}'],
  ["two commas", '{"items":[{},,{}]}'],
])("%s is malformed", (_, text) => {
  expect(split(text).end.kind).toBe("malformed");
});

test("no items, null items and a list without items are complete", () => {
  for (const text of ['{"items":[]}', '{"items":[ \n]}', '{"items":null}', '{"kind":"PodList"}']) {
    expect(split(text)).toMatchObject({ items: [], end: { kind: "complete" } });
  }
});

test("only the items of the list itself are items", () => {
  const text = '{"metadata":{"items":[{"no":1}]},"other":[{"no":2}],"items":[{"yes":3}]}';
  expect(split(text).items).toEqual(['{"yes":3}']);
});

test("an endless envelope is given up", () => {
  const splitter = createItemSplitter();
  splitter.push(Buffer.from('{"metadata":"'), () => {});
  for (let count = 0; count < 20; count++) splitter.push(Buffer.alloc(64 * 1024, 0x61), () => {});
  expect(splitter.end().kind).toBe("malformed");
});
