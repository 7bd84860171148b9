import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRoleBinding, group, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("the group, not the bindings of Kubernetes", () => {
  const own = clusterRoleBinding("system:discovery", "system:discovery", [group("system:authenticated")]);
  const more = roleBinding("shop", "a", "Role/r", [group("system:authenticated"), group("ops")]);
  expect(judge(rule, [own, more]).found).toEqual(["RoleBinding/a: Group system:authenticated"]);
});
