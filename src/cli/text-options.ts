// Colour and width follow the terminal, `NO_COLOR`, `FORCE_COLOR` and `--color`.

import { ANSI, PLAIN } from "../report/text/style.ts";
import type { TextOptions } from "../report/text/text.ts";
import type { Streams } from "./streams.ts";
import { unknownWord } from "./usage-error.ts";

export const COLOR_MODES = ["auto", "always", "never"] as const;
const DEFAULT_WIDTH = 100;

export function textOptionsOf(color: string, isAll: boolean, streams: Streams): TextOptions {
  const mode = COLOR_MODES.find((candidate) => candidate === color);
  if (mode === undefined) throw unknownWord("error.unknown-color", color, COLOR_MODES);
  const { environment, stdout } = streams;
  const isColoured = mode === "always" || (mode === "auto" && wantsColour(environment, stdout.isTTY === true));
  return { width: stdout.columns ?? DEFAULT_WIDTH, style: isColoured ? ANSI : PLAIN, isAll };
}

function wantsColour(environment: Streams["environment"], isTerminal: boolean): boolean {
  if (environment["NO_COLOR"]) return false; // no-color.org: present and not empty
  if (environment["FORCE_COLOR"] && environment["FORCE_COLOR"] !== "0") return true;
  return isTerminal && environment["TERM"] !== "dumb";
}
