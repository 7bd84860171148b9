import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRole, clusterRoleBinding, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const subjects = [account("shop", "cart")];

test("a Role is looked for in the namespace of its binding", () => {
  expect(judge(rule, [roleBinding("shop", "a", "Role/gone", subjects)]).found).toEqual(["RoleBinding/a: "]);
});

test("ClusterRoles may be elsewhere where the input has none; default ones are always there", () => {
  const binding = clusterRoleBinding("a", "gone", subjects);
  expect(judge(rule, [binding]).found).toEqual([]);
  expect(judge(rule, [binding, clusterRoleBinding("b", "view", subjects), clusterRole("c", [])]).found).toEqual([
    "ClusterRoleBinding/a: ",
  ]);
});

test("a default Role of kube-system is there", () => {
  const reader = roleBinding("kube-system", "a", "Role/extension-apiserver-authentication-reader", subjects);
  expect(judge(rule, [reader]).found).toEqual([]);
});

test("a ClusterRoleBinding finds no Role, wherever it is", () => {
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" };
  expect(judge(rule, [{ ...clusterRoleBinding("a", "r", subjects), roleRef }]).found).toEqual([
    "ClusterRoleBinding/a: ",
  ]);
});
