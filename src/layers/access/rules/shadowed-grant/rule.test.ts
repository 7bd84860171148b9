import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRole, clusterRoleBinding, role, roleBinding, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const subjects = [account("shop", "cart")];
const there = [role("shop", "r", [given(["get"], ["pods"])]), roleBinding("shop", "a", "Role/r", subjects)];
const everywhere = (verbs: readonly string[]) => [
  clusterRole("all", [given(verbs, ["pods"])]),
  clusterRoleBinding("all", "all", subjects),
];

test("all of it, for every subject", () => {
  expect(judge(rule, [...there, ...everywhere(["get", "list"])]).found).toEqual(["RoleBinding/a: "]);
  expect(judge(rule, [...there, ...everywhere(["list"])]).found).toEqual([]);
  const more = roleBinding("shop", "a", "Role/r", [...subjects, account("shop", "web")]);
  expect(judge(rule, [...there.slice(0, 1), more, ...everywhere(["get"])]).found).toEqual([]);
});
