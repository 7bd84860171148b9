import { expect, test } from "vitest";
import { apiError, firstLine } from "./api-error.ts";
import { FAILURE_TEXTS, type FailureCode } from "./failure-texts.ts";
import { FAILURE_TEXTS_ZH_CN } from "./failure-texts.zh-CN.ts";

const codes = Object.keys(FAILURE_TEXTS) as FailureCode[]; // the keys of that very object
const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();

test.each(codes)("%s takes the same arguments in both languages, and is one line", (code) => {
  expect(placeholders(FAILURE_TEXTS_ZH_CN[code])).toEqual(placeholders(FAILURE_TEXTS[code]));
  expect(FAILURE_TEXTS[code]).not.toContain("\n");
});

test("Chinese uses full-width punctuation and a blank beside Latin text", () => {
  for (const text of Object.values(FAILURE_TEXTS_ZH_CN)) {
    expect(text).not.toMatch(/[\u4e00-\u9fff][,;:!?()]/);
    expect(text).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/);
  }
});

test("what others say is cut to one plain line", () => {
  expect(firstLine("\n\n  first\u001b[31m \nsecond")).toBe("first·[31m");
  expect(firstLine("x".repeat(1000))).toHaveLength(301);
  expect(apiError("forbidden", { server: "https://a", words: "{server} no" }).message).toBe("https://a: {server} no");
});
