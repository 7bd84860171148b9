import { expect, test } from "vitest";
import { evidenceOf, findingsOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("each volume is one finding that names its type", () => {
  const volumes = [
    { name: "a", nfs: {} },
    { name: "b", image: {} },
    { name: "c", gitRepo: {} },
  ];
  expect(findingsOf(rule, podOf({ volumes })).map(({ key, arguments: { value } }) => [key, value])).toEqual([
    ["volumes/a", "nfs"],
    ["volumes/c", "gitRepo"],
  ]);
});

test("hostPath is another rule's, and a volume without a source is an emptyDir", () => {
  expect(evidenceOf(rule, podOf({ volumes: [{ name: "a", hostPath: { path: "/" } }, { name: "b" }] }))).toEqual([]);
});
