// `--lang`, else LC_ALL, LC_MESSAGES, LANG.

import { LANGUAGES, type Language } from "../verdicts/rule.ts";
import { unknownWord } from "./usage-error.ts";

export function languageOf(
  flag: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  if (flag !== undefined) {
    const language = LANGUAGES.find((candidate) => candidate.toLowerCase() === flag.toLowerCase());
    if (language === undefined) throw unknownWord("error.unknown-language", flag, LANGUAGES);
    return language;
  }
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return /^zh/i.test(locale) ? "zh-CN" : "en";
}
