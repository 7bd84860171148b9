import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { group, role, roleBinding, rule as given, user } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("the user and the group", () => {
  const subjects = [user("system:anonymous"), group("system:unauthenticated"), group("system:authenticated")];
  expect(judge(rule, [roleBinding("shop", "a", "Role/r", subjects)]).found).toEqual([
    "RoleBinding/a: User system:anonymous",
    "RoleBinding/a: Group system:unauthenticated",
  ]);
});

test("kubeadm's cluster-info is read before nodes are known", () => {
  const read = role("kube-public", "info", [given(["get"], ["configmaps"], { resourceNames: ["cluster-info"] })]);
  const binding = roleBinding("kube-public", "info", "Role/info", [user("system:anonymous")]);
  expect(judge(rule, [read, binding]).found).toEqual([]);
  expect(judge(rule, [role("kube-public", "info", [given(["get"], ["configmaps"])]), binding]).found).toHaveLength(1);
});
