// `--audit-log FILE`, repeatable.

import { Option } from "commander";
import { collectWhole } from "./repeatable.ts";

/** `none` says what the command does without a log. */
export function auditLogOption(none: string): Option {
  return new Option("--audit-log <file>", "a log, a folder of rotated ones, .gz or not, or -; repeatable")
    .argParser(collectWhole)
    .default([], none);
}
