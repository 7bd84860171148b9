import { expect, test } from "vitest";
import { accessTo, clusterRole, clusterRoleBinding, rule, user } from "./objects.fixture.ts";
import { resourceAction } from "./action.ts";
import { diagnose } from "./diagnose.ts";
import { authenticated } from "./identity.ts";

const alice = authenticated("alice");
const labelled = (label: string) => ({ [label]: "true" });
const source = (name: string, label: string, resource: string) =>
  clusterRole(name, [rule(["get"], [resource])], { metadata: { name, labels: labelled(label) } });
const gathering = (name: string, label: string, labels: Record<string, string> = {}, rest: object = {}) =>
  clusterRole(name, null, {
    metadata: { name, labels, ...rest },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: labelled(label) }] },
  });

test("rules are gathered through several levels, sorted by source, each once, with their origin", () => {
  const access = accessTo([
    gathering("admin", "to-admin"),
    gathering("edit", "to-edit", { "to-admin": "true" }),
    source("z", "to-edit", "pods"),
    source("a", "to-edit", "secrets"),
    source("b", "to-edit", "pods"),
    clusterRoleBinding("x", "admin", [user("alice")]),
  ]);
  const { rules, grants } = access.rulesOf(alice, "");
  expect(rules.map(({ resources }) => resources)).toEqual([["secrets"], ["pods"]]);
  expect(grants.map(({ origin }) => [origin?.role.name, origin?.index])).toEqual([
    ["a", 0],
    ["b", 0],
  ]);
});

test("aggregating what is already aggregated changes nothing", () => {
  const objects = [
    gathering("edit", "to-edit"),
    source("z", "to-edit", "pods"),
    clusterRoleBinding("x", "edit", [user("alice")]),
  ];
  const once = accessTo(objects).rulesOf(alice, "").rules;
  const again = accessTo([
    { ...objects[0], apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", rules: once },
    ...objects.slice(1),
  ]);
  expect(again.rulesOf(alice, "").rules).toEqual(once);
});

test("a role read from an API server authorizes by its stored rules; a note says what aggregation would change", () => {
  const access = accessTo([
    { ...gathering("edit", "to-edit", {}, { resourceVersion: "7" }), rules: [rule(["get"], ["nodes"])] },
    source("z", "to-edit", "pods"),
    clusterRoleBinding("x", "edit", [user("alice")]),
  ]);
  expect(access.authorize(alice, resourceAction("get", "nodes")).allowed).toBe(true);
  expect(access.authorize(alice, resourceAction("get", "pods")).allowed).toBe(false);
  expect([...diagnose(access.state)]).toMatchObject([
    { kind: "aggregation-stale", missing: [{ resources: ["pods"] }], extra: [{ resources: ["nodes"] }] },
  ]);
});

test("cycles end, keep what plain roles give, and are named", () => {
  const access = accessTo([
    gathering("one", "to-one", { "to-two": "true" }),
    gathering("two", "to-two", { "to-one": "true" }),
    gathering("self", "to-self", { "to-self": "true" }),
    source("plain", "to-one", "pods"),
    clusterRoleBinding("x", "two", [user("alice")]),
  ]);
  expect(access.authorize(alice, resourceAction("get", "pods")).allowed).toBe(true);
  expect([...diagnose(access.state)]).toMatchObject([{ kind: "aggregation-cycle", roles: ["one", "two"] }]);
});

test("an unusable selector leaves the role as it is written", () => {
  const broken = clusterRole("broken", [rule(["get"], ["pods"])], {
    aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [{ key: "a", operator: "Is", values: ["b"] }] }] },
  });
  const access = accessTo([broken, clusterRoleBinding("x", "broken", [user("alice")])]);
  expect(access.authorize(alice, resourceAction("get", "pods")).allowed).toBe(true);
  expect([...diagnose(access.state)]).toMatchObject([
    { kind: "invalid-selector", path: ["aggregationRule", "clusterRoleSelectors", 0] },
  ]);
});
