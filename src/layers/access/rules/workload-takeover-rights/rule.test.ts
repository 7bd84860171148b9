import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import {
  account,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  rule as given,
} from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const workload = deploymentOf("web", { serviceAccountName: "web" });
const bound = clusterRoleBinding("b", "r", [account("default", "web")]);
const judged = (verbs: readonly string[], resources: readonly string[], rest = {}) =>
  judge(rule, [workload, clusterRole("r", [given(verbs, resources, rest)]), bound]).found;

test("Secrets, tokens, pods, roles, impersonation, kubelets", () => {
  expect(judged(["list"], ["secrets"])).toEqual(["Deployment/web: web"]);
  expect(judged(["create"], ["pods"])).toEqual(["Deployment/web: web"]);
  expect(judged(["get"], ["nodes/proxy"])).toEqual(["Deployment/web: web"]);
  expect(judged(["bind"], ["clusterroles"], { apiGroups: ["rbac.authorization.k8s.io"] })).toEqual([
    "Deployment/web: web",
  ]);
  expect(judged(["get", "list"], ["pods"])).toEqual([]);
});

test("full control too, through a role that only the cluster has, or a group", () => {
  const everything = clusterRole("all", [given(["*"], ["*"], { apiGroups: ["*"] })]);
  const bindings = [
    clusterRoleBinding("b", "cluster-admin", [account("default", "web")]),
    clusterRoleBinding("b", "all", [group("system:serviceaccounts:default")]),
  ];
  for (const binding of bindings)
    expect(judge(rule, [workload, everything, binding]).found).toEqual(["Deployment/web: web"]);
});

test("not in one namespace alone", () => {
  const there = [
    role("default", "r", [given(["get"], ["secrets"])]),
    roleBinding("default", "b", "Role/r", [account("default", "web")]),
  ];
  expect(judge(rule, [workload, ...there]).found).toEqual([]);
});
