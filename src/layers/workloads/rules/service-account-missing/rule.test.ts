import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const account = objectOf("ServiceAccount", "web");

test("the old field counts, the new one goes first", () => {
  const old = deploymentOf("a", { serviceAccount: "gone" });
  const both = deploymentOf("b", { serviceAccount: "gone", serviceAccountName: "web" });
  const { findings } = judge(rule, [account, old, both]);
  expect(findings.map(({ resource, evidence }) => [resource.name, evidence[0]?.path.at(-1)])).toEqual([
    ["a", "serviceAccount"],
  ]);
});

test("every namespace has `default`", () => {
  expect(judge(rule, [account, deploymentOf("a", { serviceAccountName: "default" }), deploymentOf("b")]).found).toEqual(
    [],
  );
});

test("an input without accounts of the namespace says nothing", () => {
  const { tally } = judge(rule, [deploymentOf("a", { serviceAccountName: "gone" })]);
  expect(tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});

test("accounts of kube-system come with the cluster", () => {
  const inSystem = objectOf("ServiceAccount", "web", {}, "kube-system");
  const pod = objectOf("Pod", "p", { spec: { serviceAccountName: "coredns" } }, "kube-system");
  expect(judge(rule, [inSystem, pod]).found).toEqual([]);
});
