import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

test("an empty rule, an empty list of peers and the whole of IPv4 are everything", () => {
  const found = (...ingress: readonly object[]): readonly string[] =>
    judge(rule, [deploymentOf("web"), policyOf("p", { ingress })]).found;
  expect(found({})).toEqual(["NetworkPolicy/p: 1"]);
  expect(found({ from: [] })).toEqual(["NetworkPolicy/p: 1"]);
  expect(found({ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] })).toEqual(["NetworkPolicy/p: 1"]);
  expect(found({ ports: [{ port: 80 }] }, { from: [{ podSelector: {} }] })).toEqual([]);
});
