import { expect, test } from "vitest";
import { en } from "./catalogues/en.ts";
import { zhCN } from "./catalogues/zh-CN.ts";

const placeholders = (template: string): readonly string[] =>
  [...new Set([...template.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ""))].sort();

test.each(Object.keys(en) as (keyof typeof en)[])("%s has the same arguments in both languages", (id) => {
  expect(placeholders(zhCN[id])).toEqual(placeholders(en[id]));
});

test("Chinese sentences use full-width punctuation and a blank beside Latin text", () => {
  for (const text of Object.values(zhCN)) {
    expect(text).not.toMatch(/[\u4e00-\u9fff][,;:!?()]/);
    expect(text).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/);
  }
});
