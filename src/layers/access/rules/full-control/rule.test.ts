import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRole, role, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const everything = given(["*"], ["*"], { apiGroups: ["*"] });

test("of a namespace or of the cluster", () => {
  expect(judge(rule, [role("shop", "a", [everything]), clusterRole("b", [everything])]).found).toEqual([
    "Role/a: ",
    "ClusterRole/b: ",
  ]);
});

test("Kubernetes' own cluster-admin is none, while it is as Kubernetes made it", () => {
  const labels = { "kubernetes.io/bootstrapping": "rbac-defaults" };
  const paths = { verbs: ["*"], nonResourceURLs: ["*"] };
  const admin = clusterRole("cluster-admin", [everything, paths], { metadata: { name: "cluster-admin", labels } });
  expect(judge(rule, [admin]).found).toEqual([]);
});

test("names, or one list, make it less", () => {
  const named = given(["*"], ["*"], { apiGroups: ["*"], resourceNames: ["one"] });
  expect(judge(rule, [clusterRole("a", [named, given(["*"], ["*"])])]).found).toEqual([]);
});
