import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth } from "./display-width.ts";
import { truncate, wrap } from "./wrap.ts";

test("Latin text breaks at blanks", () => {
  expect(wrap("With it the node is lost: every device", 16)).toEqual(["With it the node", "is lost: every", "device"]);
});

test("Chinese text breaks between characters, Latin words in it stay whole", () => {
  expect(wrap("攻破该容器就等于攻破节点", 10)).toEqual(["攻破该容器", "就等于攻破", "节点"]);
  expect(wrap("删除 securityContext.privileged（默认值为 false）。", 20)).toEqual([
    "删除",
    "securityContext.privileged",
    "（默认值为 false）。",
  ]);
});

test("no line begins with closing punctuation or ends with opening punctuation", () => {
  expect(wrap("一二三四五，六七八九十。", 10)).toEqual(["一二三四", "五，六七八", "九十。"]);
  expect(wrap("一二三四（五六）七", 10)).toEqual(["一二三四", "（五六）七"]);
});

test("nothing but blanks is lost, and no line is too wide unless one unit is", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab c, 中文（）。x-é🧱\u0301"), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 8, max: 40 }), (input, width) => {
      const lines = wrap(input, width);
      expect(lines.join("").replaceAll(" ", "")).toBe(input.replaceAll(" ", ""));
      for (const line of lines) if (displayWidth(line) > width) expect(wrap(line, width)).toEqual([line]);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("a cut text says so and is never too wide", () => {
  expect(truncate("privileged", 10)).toBe("privileged");
  expect(truncate("privileged", 6)).toBe("privi…");
  expect(displayWidth(truncate("容器以特权模式运行", 6))).toBeLessThanOrEqual(6);
});
