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

test("full control too, through a role that only the cluster has", () => {
  const binding = clusterRoleBinding("b", "cluster-admin", [account("default", "web")]);
  expect(judge(rule, [workload, binding]).found).toEqual(["Deployment/web: web"]);
});

test("what a group of everybody has is said of the binding", () => {
  const binding = clusterRoleBinding("b", "cluster-admin", [group("system:serviceaccounts:default")]);
  expect(judge(rule, [workload, binding]).found).toEqual([]);
});

test("not in one namespace alone", () => {
  const there = [
    role("default", "r", [given(["get"], ["secrets"])]),
    roleBinding("default", "b", "Role/r", [account("default", "web")]),
  ];
  expect(judge(rule, [workload, ...there]).found).toEqual([]);
});
