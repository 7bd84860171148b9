import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

test("an exception in a wide rule closes it", () => {
  const out = (except: readonly string[]): object =>
    policyOf("out", { policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except } }] }] });
  expect(judge(rule, [deploymentOf("web"), out([])]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [deploymentOf("web"), out(["169.254.0.0/16"])]).found).toEqual([]);
});
