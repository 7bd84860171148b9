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

/** The language of a failure: that of `--lang` where it names one, before or after what failed. */
export function languageOfFailure(
  arguments_: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const values = arguments_.flatMap((argument, index) =>
    argument === "--lang" ? [arguments_[index + 1] ?? ""] : argument.startsWith("--lang=") ? [argument.slice(7)] : [],
  );
  const asked = values.at(-1)?.toLowerCase();
  return LANGUAGES.find((candidate) => candidate.toLowerCase() === asked) ?? languageOf(undefined, environment);
}
