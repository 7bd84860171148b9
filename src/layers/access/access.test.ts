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
import { pathAction, resourceAction } from "./action.ts";
import { diagnose } from "./diagnose.ts";
import { authenticated, serviceAccountUser } from "./identity.ts";

const alice = authenticated("alice");
const getPods = (namespace: string) => resourceAction("get", "pods", { namespace, name: "web" });

test("a grant names its chain: binding and subject, role and rule, each with its source", () => {
  const access = accessTo([
    role("shop", "reader", [rule(["list"], ["pods"]), rule(["get"], ["pods"])]),
    roleBinding("shop", "readers", "Role/reader", [user("bob"), user("alice")]),
  ]);
  const decision = access.authorize(alice, getPods("shop"));
  expect(decision).toMatchObject({
    allowed: true,
    by: "rbac",
    reason: 'RBAC: allowed by RoleBinding "readers/shop" of Role "reader" to User "alice"',
    grant: {
      binding: { kind: "RoleBinding", namespace: "shop", name: "readers", source: 1 },
      subjectPath: ["subjects", 1],
      role: { kind: "Role", namespace: "shop", name: "reader", source: 0 },
      rulePath: ["rules", 1],
    },
  });
  expect(access.authorize(alice, getPods("other")).allowed).toBe(false);
});

test("a RoleBinding to a ClusterRole grants in its namespace only: no cluster-scoped objects, no paths, but the namespace itself", () => {
  const access = accessTo([
    clusterRole("all", [rule(["*"], ["*"], { apiGroups: ["*"] }), { verbs: ["*"], nonResourceURLs: ["*"] }]),
    roleBinding("shop", "admins", "ClusterRole/all", [user("alice")]),
  ]);
  expect(access.authorize(alice, getPods("shop")).allowed).toBe(true);
  expect(access.authorize(alice, resourceAction("get", "nodes", { name: "n1" })).allowed).toBe(false);
  expect(access.authorize(alice, pathAction("get", "/metrics")).allowed).toBe(false);
  expect(
    access.authorize(alice, resourceAction("get", "namespaces", { namespace: "shop", name: "shop" })).allowed,
  ).toBe(true);
  expect(access.authorize(alice, resourceAction("list", "pods")).allowed).toBe(false);
});

test("every grant is found, not only the first", () => {
  const access = accessTo([
    clusterRole("view", [rule(["get"], ["pods"]), rule(["*"], ["pods"])]),
    clusterRoleBinding("everybody", "view", [group("system:authenticated")]),
    roleBinding("shop", "alice", "ClusterRole/view", [user("alice"), group("system:authenticated")]),
  ]);
  const grants = access.grantsOf(alice, getPods("shop"));
  expect(
    grants.map((grant) => (grant.kind === "rbac" ? [grant.binding.name, ...grant.subjectPath, ...grant.rulePath] : [])),
  ).toEqual([
    ["everybody", "subjects", 0, "rules", 0],
    ["everybody", "subjects", 0, "rules", 1],
    ["alice", "subjects", 0, "rules", 0],
    ["alice", "subjects", 0, "rules", 1],
  ]);
});

test("service accounts: the binding's namespace by default, required in a ClusterRoleBinding, and a User of that name is the same", () => {
  const access = accessTo([
    clusterRole("view", [rule(["get"], ["pods"])]),
    roleBinding("shop", "default", "ClusterRole/view", [{ kind: "ServiceAccount", name: "web" }]),
    clusterRoleBinding("nobody", "view", [{ kind: "ServiceAccount", name: "web" }]),
    roleBinding("bank", "named", "ClusterRole/view", [user("system:serviceaccount:bank:teller")]),
  ]);
  const can = (namespace: string, name: string, where: string) =>
    access.authorize(authenticated(serviceAccountUser(namespace, name)), getPods(where)).allowed;
  expect(can("shop", "web", "shop")).toBe(true);
  expect(can("shop", "web", "bank")).toBe(false);
  expect(can("bank", "teller", "bank")).toBe(true);
  expect(access.authorize(authenticated(serviceAccountUser("shop", "web")), getPods("shop")).reason).toContain(
    'to ServiceAccount "web/shop"',
  );
});

test("system:masters is allowed before RBAC is asked, and only by the server's authorizers", () => {
  const masters = { user: "root", groups: ["system:masters"] };
  expect(accessTo([]).authorize(masters, getPods("shop"))).toMatchObject({
    allowed: true,
    by: "system:masters",
    reason: "",
  });
  expect(accessTo([], { authorizer: "rbac" }).authorize(masters, getPods("shop")).allowed).toBe(false);
});

test("a binding without its role is remembered, named in the refusal as the API server words it, and the others decide", () => {
  const dangling = roleBinding("shop", "early", "Role/later", [user("alice")]);
  const broken = roleBinding("shop", "broken", "ClusterRole/gone", [user("alice")]);
  const refused = accessTo([dangling, broken], { minor: 36 }).authorize(alice, getPods("shop"));
  expect(refused.reason).toBe(
    'RBAC: [role.rbac.authorization.k8s.io "later" not found, clusterrole.rbac.authorization.k8s.io "gone" not found]',
  );
  const access = accessTo([
    dangling,
    role("shop", "reader", [rule(["get"], ["pods"])]),
    roleBinding("shop", "x", "Role/reader", [user("alice")]),
  ]);
  expect(access.authorize(alice, getPods("shop"))).toMatchObject({
    allowed: true,
    errors: [{ kind: "role-not-found" }],
  });
});

test("bad objects are diagnosed and the rest is evaluated", () => {
  const access = accessTo([
    { ...clusterRole("broken", null), rules: [{ verbs: "get" }] },
    clusterRole("view", [rule(["get"], ["pods"]), { verbs: ["get"] }]),
    clusterRole("view", [rule(["get"], ["pods"]), { verbs: ["get"] }]),
    clusterRoleBinding("b", "view", [{ kind: "user", name: "alice" }, user("alice")]),
    { ...clusterRoleBinding("c", "view", [user("alice")]), roleRef: { kind: "Rolle", name: "view" } },
    { ...clusterRole("old", []), apiVersion: "rbac.authorization.k8s.io/v1beta1" },
  ]);
  expect(access.authorize(alice, getPods("shop")).allowed).toBe(true);
  expect([...diagnose(access.state)].map(({ kind, resource }) => `${kind} ${resource.name}`).toSorted()).toEqual([
    "duplicate view",
    "empty-rule view",
    "malformed broken",
    "unknown-subject b",
    "unserved-version old",
    "unsupported-role-kind c",
  ]);
});

test("a role of 10,000 rules answers as a short one does", () => {
  const rules = Array.from({ length: 10_000 }, (_, index) => rule(["get"], [`things${index}`]));
  const access = accessTo([
    clusterRole("long", [
      ...rules,
      rule(["get"], ["*/log"]),
      { verbs: ["get"], nonResourceURLs: ["/x*"] },
      rule(["get"], ["*"]),
    ]),
    clusterRoleBinding("b", "long", [user("alice")]),
  ]);
  const rulePath = (action: Parameters<typeof access.authorize>[1]) => {
    const { grant } = access.authorize(alice, action);
    return grant?.kind === "rbac" ? grant.rulePath : undefined;
  };
  expect(rulePath(resourceAction("get", "things9999"))).toEqual(["rules", 9_999]);
  expect(rulePath(resourceAction("get", "pods", { subresource: "log" }))).toEqual(["rules", 10_000]);
  expect(rulePath(pathAction("get", "/xyz"))).toEqual(["rules", 10_001]);
  expect(rulePath(resourceAction("get", "other"))).toEqual(["rules", 10_002]);
  expect(rulePath(resourceAction("list", "other"))).toBeUndefined();
  expect(access.grantsOf(alice, resourceAction("get", "things3"))).toHaveLength(2);
});

test("who-can anywhere: the subjects of the cluster, and besides them those of each namespace", () => {
  const access = accessTo([
    clusterRole("view", [rule(["get"], ["pods"])]),
    clusterRoleBinding("all", "view", [user("alice")]),
    roleBinding("shop", "some", "ClusterRole/view", [user("bob")]),
    roleBinding("bank", "broken", "Role/gone", [user("bob")]),
    roleBinding("else", "none", "ClusterRole/view", []),
  ]);
  const { everywhere, only } = access.whoCanAnywhere(resourceAction("get", "pods"));
  expect(everywhere.subjects.map(({ subject }) => subject.name)).toEqual(["system:masters", "alice"]);
  expect(only.map(({ namespace, subjects, errors }) => [namespace, subjects.length, errors.length])).toEqual([
    ["bank", 0, 1],
    ["shop", 1, 0],
  ]);
});

test("who-can lists each subject once with all its chains, and service accounts where their binding puts them", () => {
  const access = accessTo([
    clusterRole("view", [rule(["get"], ["pods"])]),
    clusterRoleBinding("all", "view", [account("ops", "bot"), user("alice"), { kind: "robot", name: "x" }]),
    roleBinding("shop", "some", "ClusterRole/view", [{ kind: "ServiceAccount", name: "web" }, user("alice")]),
  ]);
  const { subjects } = access.whoCan(getPods("shop"));
  expect(subjects.map(({ subject, via }) => [subject.kind, subject.namespace, subject.name, via.length])).toEqual([
    ["Group", "", "system:masters", 1],
    ["ServiceAccount", "ops", "bot", 1],
    ["User", "", "alice", 2],
    ["ServiceAccount", "shop", "web", 1],
  ]);
});
