import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

test("without a policy every port is open; isolated, none", () => {
  const [finding] = judge(rule, [deploymentOf("web")]).findings;
  expect(finding?.arguments).toEqual({ ports: "*" });
  expect(judge(rule, [deploymentOf("web"), policyOf("deny", {})]).found).toEqual([]);
});

test("namespaces named by label are not every namespace", () => {
  const some = policyOf("some", { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "a" } } }] }] });
  const every = policyOf("every", { ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 80 }] }] });
  expect(judge(rule, [deploymentOf("web"), some]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("web"), some, every]).findings[0]?.arguments).toEqual({ ports: "TCP 80" });
});

test("pods in the network of their node are not judged", () => {
  expect(judge(rule, [deploymentOf("web", { hostNetwork: true })]).found).toEqual([]);
});
