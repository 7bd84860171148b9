import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

test("without policyTypes the rules set them, and an empty list is no rules", () => {
  const keys = (spec: object): readonly string[] => judge(rule, [policyOf("p", spec)]).found;
  expect(keys({ egress: [{}] })).toEqual([]);
  expect(keys({ egress: [], policyTypes: ["Ingress"] })).toEqual([]);
  expect(keys({ ingress: [{}], policyTypes: ["Egress"] })).toEqual(["NetworkPolicy/p: Ingress"]);
  expect(keys({ ingress: [{}], egress: [{}], policyTypes: ["Egress"] })).toEqual(["NetworkPolicy/p: Ingress"]);
});
