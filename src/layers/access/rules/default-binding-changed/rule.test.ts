import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { NEWEST_KNOWN_MINOR } from "../../../../kubernetes/kubernetes-version.ts";
import { defaultBindings } from "../../bootstrap.ts";
import { clusterRoleBinding, group } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("no default binding is one that was changed", () => {
  expect(judge(rule, [...defaultBindings(NEWEST_KNOWN_MINOR)]).found).toEqual([]);
});

test("another subject is a change", () => {
  const subjects = [group("system:authenticated"), group("ops")];
  expect(judge(rule, [clusterRoleBinding("system:discovery", "system:discovery", subjects)]).found).toEqual([
    "ClusterRoleBinding/system:discovery: ",
  ]);
});
