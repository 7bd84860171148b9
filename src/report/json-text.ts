// JSON that is safe to look at: control and direction characters stand as \u escapes, so the value is the same for a
// parser and harmless in a terminal.

import { printable } from "./printable.ts";

/** `JSON.stringify` escapes C0 controls and lone surrogates itself; the rest of them stand only inside strings. */
export function jsonText(value: object): string {
  return printable(JSON.stringify(value));
}

/** The elements of a JSON array, one a line, without its brackets: for arrays that may outgrow a string. */
export function* jsonElements<T>(values: Iterable<T>, shape: (value: T) => object): Generator<string> {
  let separator = "\n";
  for (const value of values) {
    yield separator + jsonText(shape(value));
    separator = ",\n";
  }
}
