import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";
import scalars from "./scalar-table.json" with { type: "json" };

interface Row {
  readonly scalar: string;
  readonly json?: string;
  readonly error?: string;
  readonly keyJson?: string;
}

function read(text: string): unknown {
  const [item] = readDocument({ kind: "document", file: "t.yaml", format: "yaml", text, firstLine: 1, firstColumn: 1 });
  return item?.kind === "value" ? item.value : { gap: item?.gap.code };
}

// Syntax, not scalar resolution: where a YAML 1.2 parser and goyaml's YAML 1.1 scanner differ. The ones that js-yaml
// refuses become a diagnostic, never silence; the ones it accepts are refused by kubectl with its own words.
const SYNTAX_DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ["!!", "an empty tag suffix"],
  ["&&", "anchor names are free in YAML 1.2"],
  ["&\u00e9 1", "anchor names are free in YAML 1.2"],
  ["&a.b 1", "anchor names are free in YAML 1.2"],
  ["a\u2028b", "no line break in YAML 1.2"],
  ["a\u0085b", "no line break in YAML 1.2"],
  [String.raw`"\ud83d\ude00"`, "surrogate pairs are escapes in JSON, which YAML 1.2 includes"],
  [String.raw`"\ud83d"`, "a lone surrogate escape"],
  [String.raw`"\U00110000"`, "an escape beyond Unicode"],
  [String.raw`"\/"`, "an escape since YAML 1.2, for JSON"],
  [String.raw`"\'"`, "an escape of goyaml only"],
  ["'a'#c", "a comment needs a blank before it"],
  ["|# c\n  a\n", "a comment needs a blank before it"],
  ["|\n  \ta\n", "a tab is content after the indentation"],
]);

test("at least 60 scalars are compared", () => expect(scalars.length).toBeGreaterThanOrEqual(60));

test("every listed syntax difference is still one", () => {
  const same = (scalars as readonly Row[]).filter(({ scalar, json, error }) => {
    if (!SYNTAX_DIFFERENCES.has(scalar)) return false;
    const value = read(`value: ${scalar}\n`) as object;
    return error === undefined ? JSON.stringify(value) === `{"value":${json}}` : "gap" in value;
  });
  expect(same).toEqual([]);
});

test.each(scalars as readonly Row[])("the scalar $scalar reads as kubectl reads it", ({ scalar, json, error }) => {
  if (SYNTAX_DIFFERENCES.has(scalar)) return;
  const value = read(`value: ${scalar}\n`);
  if (error !== undefined) expect(value).toHaveProperty("gap");
  else expect(value).toEqual({ value: JSON.parse(json ?? "null") as unknown });
});

/** Floats and integers beyond a double print differently as Go map keys; no Kubernetes field has such a name. */
function isInexactNumber({ scalar, keyJson = "" }: Row): boolean {
  const number = Number(JSON.parse(keyJson) as string);
  if (scalar.startsWith("!!float")) return true;
  if (/inf|nan/i.test(keyJson)) return true;
  return !Number.isNaN(number) && (!Number.isSafeInteger(number) || /[.e]/i.test(scalar) || Object.is(number, -0));
}

const keys = (scalars as readonly Row[]).filter(
  (row) => row.keyJson !== undefined && !SYNTAX_DIFFERENCES.has(row.scalar) && !isInexactNumber(row),
);

test.each(keys)("the key $scalar reads as kubectl reads it", ({ scalar, keyJson }) =>
  expect(Object.keys(read(`${scalar}: 1\n`) as object)).toEqual([JSON.parse(keyJson ?? "")]),
);
