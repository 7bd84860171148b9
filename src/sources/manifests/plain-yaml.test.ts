import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PathSegment } from "../../kubernetes/path.ts";
import { constructYaml } from "./construct-yaml.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import { createPlainLocator } from "./plain-yaml-index.ts";
import type { SourceDocument } from "./source-document.ts";
import { createYamlLocator } from "./yaml-locator.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");

/** Every path of a value, and some that it does not have. */
function* pathsOf(value: unknown, at: readonly PathSegment[] = []): Generator<readonly PathSegment[]> {
  yield at;
  if (value === null || typeof value !== "object") return;
  for (const absent of ["absent", "0", 0, 99]) yield [...at, absent];
  const entries: Iterable<[PathSegment, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [segment, inner] of entries) yield* pathsOf(inner, [...at, segment]);
}

/** Whether the text is plain; then values, their order and all positions must be those of the whole parser. */
function isReadAlike(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === undefined) return false;
  const { events } = parseYaml(text);
  expect(JSON.stringify([plain.value])).toBe(JSON.stringify(constructYaml(text, events)));
  const document: SourceDocument = {
    kind: "document",
    file: "a.yaml",
    format: "yaml",
    text,
    firstLine: 7,
    firstColumn: 1,
  };
  const whole = createYamlLocator(document, events, 1);
  const quick = createPlainLocator(document, plain.index);
  for (const path of pathsOf(plain.value)) expect(quick(path)).toEqual(whole(path));
  return true;
}

test("the example manifests are plain, and read as the whole parser reads them", () => {
  const files = readdirSync(join(REPOSITORY, "examples/shop"), { recursive: true, encoding: "utf8" });
  const documents = files
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => readFileSync(join(REPOSITORY, "examples/shop", file), "utf8").split(/^(?=---)/m))
    .filter((text) => /^[^#\s-]/m.test(text));
  expect(documents.length).toBeGreaterThan(30);
  expect(documents.filter(isReadAlike).length).toBeGreaterThan(documents.length / 3);
});

const POD = `apiVersion: v1 # the core
kind: Pod
metadata:
  name: a
  labels: {}
  annotations:
    a.b/c: "x y"
spec:
  containers:
  - name: a
    image: x:1
    args:
    - --a=b
    - 'q'
    env:
      - name: A
        value: "1"
      -   name: B
  # of the pod
  volumes:
    -
      name: v
    -
    - emptyDir:
  hostNetwork: yes
  weight: 0x1F
  share: 1.5e3
  a:b: c:d
  a: e
`;

test("a pod with lists at both indentations, comments and words is plain", () => {
  expect(isReadAlike(POD)).toBe(true);
  expect(isReadAlike(`---\n\n${POD}\n\n# end`)).toBe(true);
});

const PIECES =
  ' |\n|:|-|#|"|\'|\t|- |: |\n  |\n- |  |[]|{}|>|&a|*a|!|?|? |---|...|%|@|`|,|\\|yes|~|null|0o7|1_0|<<: |.|é|a: b|\r|__proto__|constructor: 1|"k": v|.inf|+1|=|<<|\n...\n|#x| #x'
    .split("|")
    .concat("|");

test("a text with mistakes is read alike or left to the whole parser", () => {
  const change = fc.record({
    at: fc.nat(POD.length),
    removed: fc.nat(3),
    piece: fc.constantFrom("", ...PIECES),
  });
  let plain = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let text = POD;
      for (const { at, removed, piece } of changes) text = text.slice(0, at) + piece + text.slice(at + removed);
      if (isReadAlike(text)) plain++;
    }),
    { numRuns: 3000, seed: 20261125 },
  );
  expect(plain).toBeGreaterThan(300);
});

test.each([
  ["a duplicate key", "a: 1\na: 2\n"],
  ["an anchor", "a: &x 1\n"],
  ["a block scalar", "a: |\n  b\n"],
  ["a flow mapping", "a: {b: 1}\n"],
  ["an escape", 'a: "\\n"\n'],
  ["a scalar of two lines", "a: b\n  c\n"],
  ["a key that is no string", "yes: 1\n"],
  ["a prototype", "__proto__: 1\n"],
  ["an infinity", "a: .inf\n"],
  ["a list in the line of a list", "a:\n- - b\n"],
  ["a dash behind a key", "a: - b\n"],
  ["a tab", "a:\tb\n"],
  ["a carriage return", "a: b\r\n"],
  ["nothing", "\n# nothing\n"],
])("%s needs the whole parser", (_, text) => {
  expect(readPlainYaml(text)).toBeUndefined();
});
