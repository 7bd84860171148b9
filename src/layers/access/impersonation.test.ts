import { expect, test } from "vitest";
import { accessTo, clusterRole, clusterRoleBinding, role, roleBinding, rule, user } from "./objects.fixture.ts";
import { resourceAction } from "./action.ts";
import { authenticated, type Identity } from "./identity.ts";
import { impersonations } from "./impersonation.ts";
import { accessFeatures } from "./minor-differences.ts";
import { evaluate } from "./requirement.ts";

const AUTHENTICATION = { apiGroups: ["authentication.k8s.io"] };
const alice = authenticated("alice");
const getPod = resourceAction("get", "pods", { namespace: "shop", name: "web" });
const bare = (name: string, rest: Partial<Identity> = {}): Identity => ({ user: name, groups: [], ...rest });

/** The first mode that lets Alice, who holds the rules cluster-wide, act as `wanted`; and as whom. */
function first(rules: readonly ReturnType<typeof rule>[], wanted: Identity, minor = 36, requestor = alice) {
  const access = accessTo([clusterRole("hers", rules), clusterRoleBinding("hers", "hers", [user(requestor.user)])], {
    minor,
  });
  return impersonations(access.features, requestor, wanted, getPod).find(
    ({ requirement }) => evaluate(access, requestor, requirement).met,
  );
}

test("legacy: users and groups cluster-wide, every group checked, a group alone is no identity", () => {
  const both = [rule(["impersonate"], ["users", "groups"])];
  expect(first(both, bare("bob", { groups: ["dev"] }))?.as).toEqual({
    user: "bob",
    groups: ["dev", "system:authenticated"],
  });
  expect(first([rule(["impersonate"], ["users"])], bare("bob", { groups: ["dev"] }))).toBeUndefined();
  expect(first([rule(["impersonate"], ["groups"])], bare("bob", { groups: ["dev"] }))).toBeUndefined();
  expect(first(both, bare("bob", { groups: ["system:masters"] }))?.mode).toBe("legacy");
});

test("legacy: a service account is checked in its namespace, so a RoleBinding suffices", () => {
  const access = accessTo([
    role("shop", "r", [rule(["impersonate"], ["serviceaccounts"], { resourceNames: ["web"] })]),
    roleBinding("shop", "b", "Role/r", [user("alice")]),
  ]);
  const as = (name: string) =>
    impersonations(access.features, alice, bare(`system:serviceaccount:${name}`), getPod).some(
      ({ requirement }) => evaluate(access, alice, requirement).met,
    );
  expect([as("shop:web"), as("shop:other"), as("bank:web")]).toEqual([true, false, false]);
});

test("legacy: uid and extra need their own rights", () => {
  const wanted = bare("bob", { uid: "1", extra: { scopes: ["a"] } });
  const users = rule(["impersonate"], ["users"]);
  const rest = rule(["impersonate"], ["uids", "userextras/scopes"], AUTHENTICATION);
  expect(first([users], wanted)).toBeUndefined();
  expect(first([users, rest], wanted)?.mode).toBe("legacy");
});

const on = rule(["impersonate-on:user-info:get"], ["pods"]);
const who = rule(["impersonate:user-info"], ["users"], { ...AUTHENTICATION, resourceNames: ["bob"] });

test("constrained: both halves are needed, only for the verb named, and only from 1.36 on", () => {
  expect(first([on, who], bare("bob"))?.mode).toBe("user-info");
  expect(first([on, who], bare("bob"), 35)).toBeUndefined();
  expect(first([who], bare("bob"))).toBeUndefined();
  expect(first([on], bare("bob"))).toBeUndefined();
  expect(first([rule(["impersonate-on:user-info:list"], ["pods"]), who], bare("bob"))).toBeUndefined();
});

test("constrained: service accounts and nodes have modes of their own, user-info never reaches them or system:masters", () => {
  const info = [
    rule(["impersonate-on:user-info:get"], ["pods"]),
    rule(["impersonate:user-info"], ["*"], AUTHENTICATION),
  ];
  expect(first(info, bare("system:serviceaccount:shop:web"))).toBeUndefined();
  expect(first(info, bare("system:node:n1"))).toBeUndefined();
  expect(first(info, bare("bob", { groups: ["system:masters"] }))).toBeUndefined();
  const account = [
    rule(["impersonate-on:serviceaccount:get"], ["pods"]),
    rule(["impersonate:serviceaccount"], ["serviceaccounts"], AUTHENTICATION),
  ];
  expect(first(account, bare("system:serviceaccount:shop:web"))?.as.groups).toEqual([
    "system:serviceaccounts",
    "system:serviceaccounts:shop",
    "system:authenticated",
  ]);
});

test("constrained: a pod's account may act as its own node by one grant for all nodes", () => {
  const agent: Identity = {
    ...authenticated("system:serviceaccount:kube-system:agent"),
    extra: { "authentication.kubernetes.io/node-name": ["n1"] },
  };
  const rules = [
    rule(["impersonate-on:associated-node:get"], ["pods"]),
    rule(["impersonate:associated-node"], ["nodes"], { ...AUTHENTICATION, resourceNames: ["*"] }),
  ];
  const own = first(rules, bare("system:node:n1"), 36, agent);
  expect([own?.mode, own?.as.groups]).toEqual(["associated-node", ["system:nodes", "system:authenticated"]]);
  expect(first(rules, bare("system:node:n2"), 36, agent)).toBeUndefined();
});

const groups = (name: string) =>
  rule(["impersonate:user-info"], ["groups"], { ...AUTHENTICATION, resourceNames: [name] });

test("constrained: four groups at once may be one check", () => {
  const wanted = bare("bob", { groups: ["a", "b", "c", "d"] });
  expect(first([on, who, groups("*")], wanted)?.mode).toBe("user-info");
  expect(first([on, who, groups("*")], bare("bob", { groups: ["a"] }))).toBeUndefined();
});

test("verb * covers the new verbs, and legacy stays what it was", () => {
  expect(first([rule(["*"], ["*"], { apiGroups: ["*"] })], bare("bob"))?.mode).toBe("user-info");
  expect(impersonations(accessFeatures(35), alice, bare("bob"), getPod).map(({ mode }) => mode)).toEqual(["legacy"]);
});
