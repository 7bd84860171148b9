// Mutations of real manifests for fuzzing: of their bytes, and of the types of their values. Seeded, so that a failure
// can be repeated.

/** mulberry32: small, seeded, good enough to choose mutations. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const FRAGMENTS = [
  "---\n",
  "\n---",
  "- ",
  ": ",
  "&a ",
  "*a",
  "<<: *a\n",
  "\t",
  "\0",
  "\ufeff",
  "\xff",
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "|",
  ">",
  "#",
  "!!binary ",
  "? ",
  "{{ .x }}",
  "\r\n",
  "%YAML 1.1\n",
];

/** One to eight edits: bytes replaced, removed, doubled, or a fragment of syntax put in. */
export function mutateBytes(bytes: Buffer, random: (below: number) => number): Buffer {
  let result = Buffer.from(bytes);
  for (let edits = 1 + random(8); edits > 0 && result.length > 0; edits--) {
    const at = random(result.length);
    const span = random(20);
    const before = result.subarray(0, at);
    switch (random(5)) {
      case 0:
        result[at] = random(256);
        break;
      case 1:
        result = Buffer.concat([before, result.subarray(at + span)]);
        break;
      case 2:
        result = Buffer.concat([before, result.subarray(at, at + span), result.subarray(at)]);
        break;
      case 3:
        result = Buffer.concat([
          before,
          Buffer.from(FRAGMENTS[random(FRAGMENTS.length)] ?? "", "latin1"),
          result.subarray(at),
        ]);
        break;
      default:
        result = Buffer.from(before);
    }
  }
  return result;
}

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  "",
  "x",
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  [{ name: 1 }],
  "\u0000",
  "x".repeat(300),
];

/** The value with one field, anywhere inside, replaced by a value of any type. */
export function mutateTypes(value: unknown, random: (below: number) => number): unknown {
  const places: (readonly (string | number)[])[] = [];
  const visit = (node: unknown, path: readonly (string | number)[]): void => {
    if (path.length > 0) places.push(path);
    if (Array.isArray(node)) node.forEach((element, index) => visit(element, [...path, index]));
    else if (node !== null && typeof node === "object")
      for (const [key, field] of Object.entries(node)) visit(field, [...path, key]);
  };
  visit(value, []);
  const copy = structuredClone(value);
  const path = places[random(places.length)];
  if (path === undefined) return copy;
  let parent = copy as Record<string | number, unknown>; // every path leads through objects and arrays
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>; // as above
  parent[path.at(-1) ?? ""] = VALUES[random(VALUES.length)];
  return copy;
}
