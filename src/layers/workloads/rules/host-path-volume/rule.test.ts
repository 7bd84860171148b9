import { expect, test } from "vitest";
import { evidenceOf, findingsOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const volumes = [
  { name: "logs", hostPath: { path: "/srv/logs" } },
  { name: "tmp", emptyDir: {} },
  { name: "data", hostPath: { path: "/srv/data" } },
];

test("each volume is one finding, named by the volume", () => {
  const found = findingsOf(rule, podOf({ volumes }));
  expect(found.map(({ key }) => key)).toEqual(["volumes/logs", "volumes/data"]);
  expect(found.map(({ arguments: { name, value } }) => [name, value])).toEqual([
    ["logs", "/srv/logs"],
    ["data", "/srv/data"],
  ]);
});

test("a null source is none", () => {
  expect(evidenceOf(rule, podOf({ volumes: [{ name: "a", hostPath: null }, null] }))).toEqual([]);
});
