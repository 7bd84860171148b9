import { expect, test } from "vitest";
import { evidenceOf, findingsOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("all entries are one finding, named by their host names", () => {
  const hostAliases = [{ ip: "192.0.2.1", hostnames: ["a", "b"] }, null, { ip: "192.0.2.2", hostnames: ["c"] }];
  expect(findingsOf(rule, podOf({ hostAliases })).map((finding) => finding.arguments["value"])).toEqual(["a, b, c"]);
  expect(evidenceOf(rule, podOf({ hostAliases }))).toHaveLength(2);
  expect(evidenceOf(rule, podOf({ hostAliases: [] }))).toEqual([]);
});
