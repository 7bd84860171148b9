import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

test("peers in other namespaces are not judged", () => {
  const from = (peer: object): object => policyOf("p", { ingress: [{ from: [peer] }] });
  const gone = { podSelector: { matchLabels: { app: "gone" } } };
  expect(judge(rule, [deploymentOf("web"), from(gone)]).found).toEqual(["NetworkPolicy/p: ingress app=gone"]);
  expect(judge(rule, [deploymentOf("web"), from({ namespaceSelector: {}, ...gone })]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("web"), from({ podSelector: {} })]).found).toEqual([]);
});
