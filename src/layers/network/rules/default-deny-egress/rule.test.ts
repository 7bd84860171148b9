import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const namespace = objectOf("Namespace", "default", {}, "");

test("a policy for every workload there is does not cover the next one", () => {
  const own = policyOf("web", { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Egress"] });
  expect(judge(rule, [namespace, deploymentOf("web"), own]).found).toEqual(["Namespace/default: "]);
  const all = policyOf("all", { policyTypes: ["Egress"] });
  expect(judge(rule, [namespace, deploymentOf("web"), all]).found).toEqual([]);
});

test("allowing every namespace again is no default deny; a namespace without workloads is not judged", () => {
  const deny = policyOf("deny", { policyTypes: ["Egress"] });
  const allow = policyOf("allow", { policyTypes: ["Egress"], egress: [{ to: [{ namespaceSelector: {} }] }] });
  expect(judge(rule, [namespace, deploymentOf("web"), deny, allow]).found).toEqual(["Namespace/default: "]);
  expect(judge(rule, [namespace]).found).toEqual([]);
});
