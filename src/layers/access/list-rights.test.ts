import { expect, test } from "vitest";
import { accessTo, clusterRole, clusterRoleBinding, group, roleBinding, rule, user } from "./objects.fixture.ts";
import { resourceAction } from "./action.ts";
import { authenticated } from "./identity.ts";
import { listRights } from "./list-rights.ts";
import { membershipOf } from "./membership.ts";

test("rights are listed scope by scope, each rule once with all its chains", () => {
  const access = accessTo([
    clusterRole("view", [rule(["get"], ["pods"])]),
    clusterRole("same", [rule(["get"], ["pods"])]),
    clusterRoleBinding("all", "view", [group("system:authenticated")]),
    clusterRoleBinding("alice", "same", [user("alice")]),
    roleBinding("shop", "b", "ClusterRole/view", [user("alice")]),
    roleBinding("bank", "c", "ClusterRole/gone", [user("alice")]),
    roleBinding("else", "d", "ClusterRole/view", [user("bob")]),
  ]);
  const { scopes, isMaster } = listRights(access, authenticated("alice"));
  expect(isMaster).toBe(false);
  expect(
    scopes.map(({ namespace, rules, errors }) => [namespace, rules.map(({ via }) => via.length), errors.length]),
  ).toEqual([
    ["", [2], 0],
    ["bank", [], 1],
    ["shop", [1], 0],
  ]);
  expect(listRights(access, authenticated("alice"), ["shop"]).scopes.map(({ namespace }) => namespace)).toEqual([
    "",
    "shop",
  ]);
});

test("masters and nodes have rights that no rule shows", () => {
  expect(listRights(accessTo([]), { user: "x", groups: ["system:masters"] })).toEqual({ isMaster: true, scopes: [] });
  expect(listRights(accessTo([]), authenticated("system:node:n1"))).toEqual({
    isMaster: false,
    node: "n1",
    scopes: [],
  });
});

test("nodes that can: every node, or those whose pods need it", () => {
  const spec = { nodeName: "n1", volumes: [{ name: "v", secret: { secretName: "db" } }] };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "shop" }, spec };
  const access = accessTo([pod]);
  expect(access.nodesThatCan(resourceAction("list", "services")).every).toBe(true);
  expect(access.nodesThatCan(resourceAction("get", "secrets", { namespace: "shop", name: "db" }))).toMatchObject({
    every: false,
    some: [{ node: "n1", through: [{ kind: "Pod", name: "web" }] }],
  });
  expect(access.nodesThatCan(resourceAction("get", "secrets", { namespace: "shop", name: "x" }))).toEqual({
    every: false,
    some: [],
  });
});

test("the way into a group is named", () => {
  const groups = [
    "system:authenticated",
    "system:unauthenticated",
    "system:serviceaccounts",
    "system:nodes",
    "system:masters",
    "system:bootstrappers:x",
    "dev",
  ];
  expect(groups.map((name) => membershipOf(name).kind)).toEqual([
    "authenticated",
    "unauthenticated",
    "service-accounts",
    "nodes",
    "masters",
    "bootstrap-token",
    "given",
  ]);
  expect(membershipOf("system:serviceaccounts:shop")).toEqual({ kind: "service-accounts-of", namespace: "shop" });
});
