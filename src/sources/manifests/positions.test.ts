import { expect, test } from "vitest";
import type { Path } from "../../kubernetes/path.ts";
import { readManifestStream } from "./manifest-source.ts";

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function locate(text: string, path: Path, extension = ".yaml", index = 0): Promise<string> {
  const items = [];
  for await (const group of readManifestStream(once(text), "f", extension)) items.push(...group);
  const item = items[index];
  if (item?.kind !== "value") throw new Error(JSON.stringify(item));
  const position = item.locate(path);
  return `${position?.line}:${position?.column}`;
}

const yaml = `# a comment
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
    - name: one
      securityContext: {privileged: true, "runAsUser": 0}
    - name: two
      args: ["x",
        'y']
---
kind: B
spec:
  deep:
  - - x
    - k: v
`;

test.each<[Path, string, number?]>([
  [[], "2:1"],
  [["kind"], "3:1"],
  [["spec", "containers"], "7:3"],
  [["spec", "containers", 0], "8:7"],
  [["spec", "containers", 0, "securityContext", "privileged"], "9:25"],
  [["spec", "containers", 0, "securityContext", "runAsUser"], "9:43"],
  [["spec", "containers", 0, "securityContext", "absent", "deeper"], "9:7"],
  [["spec", "containers", 1, "args", 1], "12:9"],
  [["spec", "containers", 7], "7:3"],
  [["spec", "deep", 0, 1, "k"], "18:7", 1],
])("%j is at %s", async (path, place, index = 0) => expect(await locate(yaml, path, ".yaml", index)).toBe(place));

test("a merged field stands where the anchor wrote it, and the later one wins", async () => {
  const text =
    "base: &base\n  privileged: true\nc:\n  <<: *base\nd:\n  privileged: false\n  <<: *base\ne:\n  <<: *base\n  privileged: false\nf: *base\n";
  expect(await locate(text, ["c", "privileged"])).toBe("2:3");
  expect(await locate(text, ["d", "privileged"])).toBe("2:3");
  expect(await locate(text, ["e", "privileged"])).toBe("10:3");
  expect(await locate(text, ["f", "privileged"])).toBe("2:3");
});

test("CRLF and a byte order mark do not move positions", async () => {
  expect(await locate("\uFEFFa: 1\r\nb:\r\n  c: 2\r\n", ["a"])).toBe("1:1");
  expect(await locate("\uFEFFa: 1\r\nb:\r\n  c: 2\r\n", ["b", "c"])).toBe("3:3");
});

test("a bracket closed to the left keeps lines and columns", async () => {
  const text = "a:\n  args: [\n    x,\n  y\n  ]\n  b: 1\n";
  expect(await locate(text, ["a", "args", 1])).toBe("4:3");
  expect(await locate(text, ["a", "b"])).toBe("6:3");
});

test("JSON positions, in a List on one line too", async () => {
  const object = '{\n "kind": "Pod",\n "spec": {"a": ["ä😀", {"b": 1}], "esc\\"aped": 2}\n}';
  expect(await locate(object, ["spec", "a", 1, "b"], ".json")).toBe("3:25");
  expect(await locate(object, ["spec", 'esc"aped'], ".json")).toBe("3:35");
  const list = '{"apiVersion":"v1","kind":"List","items":[{"a":"ä"},{"b":{"c":1}}]}';
  expect(await locate(list, ["b", "c"], ".json", 1)).toBe("1:59");
});

test("the items of a large YAML List keep their positions", async () => {
  const item = (name: number): string =>
    `- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: c${name}\n  data:\n    k: |\n      - not an item\n`;
  const count = 5000;
  const text = `apiVersion: v1\nkind: List\nitems:\n${Array.from({ length: count }, (_, name) => item(name)).join("")}metadata:\n  resourceVersion: ""\n`;
  expect(text.length).toBeGreaterThan(256 * 1024);
  expect(await locate(text, ["metadata", "name"], ".yaml", 4000)).toBe(`${3 + 4000 * 7 + 4}:5`);
  await expect(locate(text, [], ".yaml", count)).rejects.toThrow();
});
