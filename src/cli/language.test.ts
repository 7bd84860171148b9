import { expect, test } from "vitest";
import { languageOfFailure } from "./language.ts";

test("a failure speaks the language that was asked for, wherever the flag stands", () => {
  const chinese = { LANG: "zh_CN.UTF-8" };
  expect(languageOfFailure(["scan", "none", "--lang", "zh-CN"], {})).toBe("zh-CN");
  expect(languageOfFailure(["--lang=zh-cn", "scan", "none"], {})).toBe("zh-CN");
  expect(languageOfFailure(["scan", "--lang", "en"], chinese)).toBe("en");
  expect(languageOfFailure(["scan", "--lang", "zh-CN", "--lang=en"], chinese)).toBe("en");
});

test("where none or no known one is asked for, it is the environment's", () => {
  const chinese = { LANG: "zh_CN.UTF-8" };
  expect(languageOfFailure(["scan", "none"], chinese)).toBe("zh-CN");
  expect(languageOfFailure(["scan", "--lang", "klingon"], chinese)).toBe("zh-CN");
  expect(languageOfFailure(["scan", "--lang"], {})).toBe("en");
});
