import { expect, test } from "vitest";
import {
  accessTo,
  account,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  rule,
  user,
} from "./objects.fixture.ts";
import { diffAccess } from "./access-diff.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";

function diff(before: readonly KubernetesObject[], after: readonly KubernetesObject[]) {
  return diffAccess(accessTo(before), accessTo(after)).map(
    ({ change, subject, namespace, rules, exceptIn }) =>
      `${change} ${subject.kind} ${subject.name} ${namespace || "*"}: ` +
      rules.map(({ verbs, resources }) => `${verbs.join("+")} ${resources.join("+")}`).join("; ") +
      (exceptIn.length > 0 ? ` except ${exceptIn.join("+")}` : ""),
  );
}

const view = clusterRole("view", [rule(["get", "list"], ["pods", "services"])]);
const alice = clusterRoleBinding("alice", "view", [user("alice")]);

test("rewriting roles and bindings without changing rights is no difference", () => {
  const split = [
    clusterRole("a", [rule(["list"], ["services", "pods"])]),
    clusterRole("b", [rule(["get"], ["services"]), rule(["get"], ["pods"])]),
    clusterRoleBinding("x", "a", [user("alice")]),
    clusterRoleBinding("y", "b", [user("alice")]),
  ];
  expect(diff([view, alice], split)).toEqual([]);
});

test("only the difference is shown, in few rules", () => {
  const wider = clusterRole("view", [rule(["get", "list", "watch"], ["pods", "services"]), rule(["get"], ["secrets"])]);
  expect(diff([view, alice], [wider, alice])).toEqual(["gained User alice *: get secrets; watch pods+services"]);
  expect(diff([wider, alice], [view, alice])).toEqual(["lost User alice *: get secrets; watch pods+services"]);
});

test("a right that implicit groups or cluster-wide bindings give as well is neither gained nor lost", () => {
  const everybody = clusterRoleBinding("all", "view", [group("system:authenticated")]);
  const web = roleBinding("shop", "web", "ClusterRole/view", [account("shop", "web")]);
  expect(diff([view, everybody], [view, everybody, web])).toEqual([]);
  expect(diff([view, alice], [view, alice, roleBinding("shop", "a", "ClusterRole/view", [user("alice")])])).toEqual([]);
});

test("narrowing from the cluster to a namespace says where the rights remain", () => {
  const local = roleBinding("shop", "a", "ClusterRole/view", [user("alice")]);
  expect(diff([view, alice], [view, local])).toEqual(["lost User alice *: get+list pods+services except shop"]);
  expect(diff([view, local], [view, alice])).toEqual(["gained User alice *: get+list pods+services except shop"]);
});

test("a new role fills a dangling binding, and its subjects gain", () => {
  const early = roleBinding("shop", "early", "Role/later", [{ kind: "ServiceAccount", name: "web" }]);
  expect(diff([early], [early, role("shop", "later", [rule(["get"], ["secrets"])])])).toEqual([
    "gained ServiceAccount web shop: get secrets",
  ]);
});
