// The sentences of the live source and of dumps, for the catalogue: gaps and failures carry their ids.

import { WARNING_TEXTS } from "../../sources/api/connection-warning.ts";
import { FAILURE_TEXTS } from "../../sources/api/failure-texts.ts";
import { FAILURE_TEXTS_ZH_CN } from "../../sources/api/failure-texts.zh-CN.ts";
import { DUMP_ERROR_TEXTS } from "../../sources/dump/dump-error.ts";
import { DUMP_ERROR_TEXTS_ZH_CN, WARNING_TEXTS_ZH_CN } from "./source-texts.zh-CN.ts";
import type { Language } from "../../verdicts/rule.ts";

const TABLES: Readonly<
  Record<Language, readonly (readonly [prefix: string, table: Readonly<Record<string, string>>])[]>
> = {
  en: [
    ["api/", FAILURE_TEXTS],
    ["api/warning/", WARNING_TEXTS],
    ["dump/", DUMP_ERROR_TEXTS],
  ],
  "zh-CN": [
    ["api/", FAILURE_TEXTS_ZH_CN],
    ["api/warning/", WARNING_TEXTS_ZH_CN],
    ["dump/", DUMP_ERROR_TEXTS_ZH_CN],
  ],
};

/** By message id, for `catalogueOf`. */
export function sourceTexts(language: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(
    TABLES[language].flatMap(([prefix, table]) => Object.entries(table).map(([code, text]) => [prefix + code, text])),
  );
}
