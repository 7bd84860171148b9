import { describe, expect, test } from "vitest";
import { auditUser, bound, clusterRole, event, proposed, rights, usageOf } from "./events.fixture.ts";
import { minimize } from "./minimize.ts";

const shop = (rest: string): string => `/api/v1/namespaces/shop/${rest}`;
const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const EVERYTHING = [clusterRole("all", "* * *", "* /*"), bound("all", "", "alice")];

describe("the least roles", () => {
  test("hold exactly the verbs, resources, subresources and names that were used", () => {
    const events = [
      event("get", shop("configmaps/settings")),
      event("watch", `${shop("pods")}?watch=true`),
      event("get", shop("pods/web-7d4b9c6f5-x2x5z/log")),
      event("get", "/metrics"),
      event("list", "/api/v1/nodes"),
    ];
    expect(rights(proposed(events))).toEqual([
      "*: get /metrics",
      "*: list nodes",
      "shop: get configmaps[settings]",
      "shop: get pods/log",
      "shop: watch pods",
    ]);
  });

  test("verbs that go together come together only when asked for", () => {
    const events = [event("watch", `${shop("pods")}?watch=true`), event("update", shop("configmaps/a"))];
    expect(rights(proposed(events, undefined, { families: true }))).toEqual([
      "shop: get,list,watch pods",
      "shop: get,patch,update configmaps[a]",
    ]);
  });

  test("few lasting names are listed, many and passing ones are not", () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, index) => event("get", shop(`secrets/s${index}`)));
    expect(rights(proposed(names(4)))).toEqual(["shop: get secrets[s0,s1,s2,s3]"]);
    expect(rights(proposed(names(5)))).toEqual(["shop: get secrets"]);
    expect(rights(proposed(names(5), undefined, { names: 9 }))).toEqual(["shop: get secrets[s0,s1,s2,s3,s4]"]);
    expect(rights(proposed(names(1), undefined, { names: 0 }))).toEqual(["shop: get secrets"]);
    expect(rights(proposed([event("get", shop("configmaps/app-x7k2z"))]))).toEqual(["shop: get configmaps"]);
  });

  test("names of different resources make no cross product", () => {
    const events = [event("get", shop("secrets/a")), event("get", shop("configmaps/b"))];
    expect(rights(proposed(events))).toEqual(["shop: get configmaps[b]", "shop: get secrets[a]"]);
  });

  test("the same in several namespaces is one ClusterRole, bound in each", () => {
    const events = ["a", "b"].map((namespace) => event("list", `/api/v1/namespaces/${namespace}/pods`));
    const subject = proposed([...events, event("get", "/api/v1/namespaces/c/secrets/s")]);
    expect(
      subject.objects.map(({ kind, metadata }) => `${kind} ${metadata?.namespace ?? ""} ${metadata?.name}`),
    ).toEqual([
      "ClusterRole  minimal:user:alice:1",
      "RoleBinding a minimal:user:alice:1",
      "RoleBinding b minimal:user:alice:1",
      "Role c minimal:user:alice",
      "RoleBinding c minimal:user:alice",
    ]);
  });

  test("what is needed everywhere is not given again in a namespace", () => {
    const events = [event("list", "/api/v1/pods"), event("list", shop("pods")), event("get", shop("pods/a"))];
    expect(rights(proposed(events))).toEqual(["*: list pods", "shop: get pods"]);
  });

  test("a Namespace is read by name cluster-wide, for it need not exist", () => {
    expect(rights(proposed([event("get", "/api/v1/namespaces/gone", { code: 404 })]))).toEqual([
      "*: get namespaces[gone]",
    ]);
  });

  test("discovery and what else every API server grants stays where it is", () => {
    const { needs, roles, proof } = proposed([
      event("get", "/apis"),
      event("get", "/version"),
      event("get", "/healthz"),
    ]);
    expect([needs.kept.length, roles, proof]).toEqual([3, [], { tuples: 3, lost: [] }]);
  });
});

describe("beside today's rights", () => {
  test("the subject leaves its own bindings, and others stay in them", () => {
    const objects = [
      clusterRole("all", "* * *"),
      bound("all", "", "alice", "group:ops"),
      clusterRole("r", "get pods"),
      bound("r", "shop", "alice"),
    ];
    const { replaced, proof } = proposed([event("get", shop("pods/a"))], objects);
    expect(replaced.map(({ binding, others }) => [binding.resource.kind, others.length])).toEqual(
      [
        ["RoleBinding", 0],
        ["ClusterRoleBinding", 1],
      ].toSorted((one, other) => String(one[0]).localeCompare(String(other[0]))),
    );
    expect(proof).toEqual({ tuples: 1, lost: [] });
  });

  test("what groups give is used and kept, and not given again", () => {
    const objects = [clusterRole("devs", "get,list pods"), bound("devs", "shop", "group:devs"), ...EVERYTHING];
    const subject = proposed([event("list", shop("pods"), { user: auditUser("alice", ["devs"]) })], objects);
    expect([subject.needs.kept.length, subject.objects]).toEqual([1, []]);
  });

  test("a proposal never gives what is not given today", () => {
    const objects = [clusterRole("r", "get secrets[a,b,c,d,e,f]", "watch pods"), bound("r", "shop", "alice")];
    const names = ["a", "b", "c", "d", "e", "f"].map((name) => event("get", shop(`secrets/${name}`)));
    const subject = proposed([...names, event("watch", `${shop("pods")}?watch=1`)], objects, { families: true });
    expect(rights(subject)).toEqual(["shop: get secrets[a,b,c,d,e,f]", "shop: watch pods"]);
  });

  test("what the log has and today's rights refuse is told and not given", () => {
    const objects = [clusterRole("r", "get pods"), bound("r", "shop", "alice")];
    const subject = proposed([event("get", shop("pods/a")), event("delete", shop("pods/a"))], objects);
    expect([subject.needs.noLonger.length, rights(subject)]).toEqual([1, ["shop: get pods"]]);
  });

  test("what is held and not used is told, scope by scope", () => {
    const objects = [clusterRole("r", "get,delete pods", "get secrets"), bound("r", "shop", "alice")];
    const { held } = proposed([event("get", shop("pods/a"))], objects);
    expect(
      held.unused.map(({ namespace, rules }) => [
        namespace,
        rules.map(({ verbs, resources }) => `${verbs.join(",")} ${resources.join(",")}`),
      ]),
    ).toEqual([["shop", ["delete pods", "get secrets"]]]);
  });

  test("a binding that is every API server's own is nobody's own", () => {
    const subject = proposed([event("list", "/api/v1/nodes", { user: "system:kube-scheduler" })], [], {
      user: "system:kube-scheduler",
    });
    expect([subject.replaced, subject.objects, subject.proof.lost]).toEqual([[], [], []]);
  });
});

describe("a right whose use no log shows is never called unused", () => {
  const UNSEEN = [
    "bind clusterroles rbac.authorization.k8s.io",
    "escalate roles rbac.authorization.k8s.io",
    "impersonate users",
    "impersonate:user-info users authentication.k8s.io",
    "impersonate-on:user-info:get pods",
    "approve,sign,attest signers certificates.k8s.io",
    "update pods/finalizers",
    "get nodes/proxy",
    "get nodes/metrics",
    "use podsecuritypolicies policy",
    "associated-node:update resourceclaims/driver resource.k8s.io",
    "get /metrics",
  ];
  test.each(UNSEEN)("%s", (right) => {
    const objects = [clusterRole("r", right), bound("r", "", "alice")];
    const { held } = proposed([event("get", "/api")], objects);
    expect(held.unused).toEqual([]);
    expect(held.unjudged.length).toBe(1);
  });

  test("written out, it is kept where something could have used it, or asked for it elsewhere", () => {
    const objects = [clusterRole("r", ...UNSEEN), bound("r", "", "alice")];
    const kept = rights(proposed([event("get", "/api")], objects));
    expect(kept.join("; ")).not.toMatch(/bind|escalate|impersonate|approve/);
    expect(kept.join("; ")).toMatch(/nodes\/metrics/);
    expect(rights(proposed([event("get", "/api")], objects, { dropUnseen: true }))).toEqual([]);
  });

  test("an approval for a signer that the log does not name keeps the right to approve", () => {
    const objects = [
      clusterRole(
        "r",
        "approve signers[example.com/*] certificates.k8s.io",
        "update certificatesigningrequests/approval certificates.k8s.io",
      ),
      bound("r", "", "alice"),
    ];
    const approval = event("update", "/apis/certificates.k8s.io/v1/certificatesigningrequests/a/approval");
    const subject = proposed([approval], objects);
    expect(subject.needs.unknown).toHaveLength(1);
    expect(rights(subject).join("; ")).toMatch(/approve signers\[example.com\/\*\]/);
  });

  test("of a right to everything, only what was used is kept", () => {
    expect(rights(proposed([event("get", shop("configmaps/a"))], EVERYTHING))).toEqual(["shop: get configmaps[a]"]);
  });
});

describe("checks inside requests", () => {
  const roles = `${RBAC}/namespaces/shop/roles`;
  const bindings = `${RBAC}/namespaces/shop/rolebindings`;
  const body = (verbs: readonly string[], resources: readonly string[]) => ({
    rules: [{ verbs, apiGroups: [""], resources }],
  });
  const ref = (name: string) => ({ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name } });

  test("a role is written with the rights in it rather than with escalate", () => {
    const write = event("create", roles, { request: body(["get"], ["pods"]), name: "r", code: 201 });
    expect(rights(proposed([write], EVERYTHING))).toEqual([
      "shop: create roles in rbac.authorization.k8s.io",
      "shop: get pods",
    ]);
  });

  test("where only escalate allows it, that is kept, for the name where the request has one", () => {
    const objects = [
      clusterRole("r", "create,update,escalate roles rbac.authorization.k8s.io"),
      bound("r", "shop", "alice"),
    ];
    const written = { request: body(["get"], ["secrets"]), name: "r" };
    expect(rights(proposed([event("update", `${roles}/r`, written)], objects))).toEqual([
      "shop: escalate,update roles[r] in rbac.authorization.k8s.io",
    ]);
    expect(rights(proposed([event("create", roles, { ...written, code: 201 })], objects))).toEqual([
      "shop: create,escalate roles in rbac.authorization.k8s.io",
    ]);
  });

  test("a binding is written with bind on that role alone where bind is held", () => {
    const write = event("create", bindings, { request: ref("edit"), name: "b", code: 201 });
    const objects = [clusterRole("edit", "* *"), ...EVERYTHING];
    expect(rights(proposed([write], objects))).toEqual([
      "shop: bind clusterroles[edit] in rbac.authorization.k8s.io",
      "shop: create rolebindings in rbac.authorization.k8s.io",
    ]);
  });

  test("and with the rights of the role where those allowed it", () => {
    const objects = [
      clusterRole("small", "get pods"),
      clusterRole("r", "create rolebindings rbac.authorization.k8s.io", "get,list pods"),
      bound("r", "shop", "alice"),
    ];
    const write = event("create", bindings, { request: ref("small"), name: "b", code: 201 });
    expect(rights(proposed([write], objects))).toEqual([
      "shop: create rolebindings in rbac.authorization.k8s.io",
      "shop: get pods",
    ]);
  });

  test("without a body, the object of that name says what was written, if it stands", () => {
    const standing = bound("edit", "shop", "nobody");
    const objects = [clusterRole("edit", "get pods"), standing, ...EVERYTHING];
    const write = (name: string) => event("create", bindings, { name, code: 201 });
    const known = proposed([write("edit")], objects);
    expect([known.needs.unknown, rights(known).join("; ")]).toEqual([
      [],
      expect.stringContaining("bind clusterroles[edit]"),
    ]);
    expect(proposed([write("gone")], objects).needs.unknown).toHaveLength(1);
  });

  test("a patch that says nothing of the rules needs none, and the answer says most", () => {
    const labels = event("patch", `${roles}/r`, { request: { metadata: { labels: {} } } });
    expect(rights(proposed([labels], EVERYTHING))).toEqual(["shop: patch roles[r] in rbac.authorization.k8s.io"]);
    const answered = event("patch", `${roles}/r`, { request: [{ op: "add" }], response: body(["get"], ["pods"]) });
    expect(rights(proposed([answered], EVERYTHING))).toContain("shop: get pods");
  });

  test("a write that was answered 403 proves no check inside it", () => {
    const write = event("create", roles, { request: body(["get"], ["pods"]), code: 403 });
    expect(rights(proposed([write], EVERYTHING))).toEqual(["shop: create roles in rbac.authorization.k8s.io"]);
  });

  test("so does one that found nothing to write, and a policy that was refused as invalid", () => {
    const gone = event("update", `${roles}/gone`, { request: body(["get"], ["pods"]), code: 404 });
    expect(rights(proposed([gone], EVERYTHING))).toEqual(["shop: update roles[gone] in rbac.authorization.k8s.io"]);
    const taken = event("create", roles, { request: body(["get"], ["pods"]), code: 409 });
    expect(rights(proposed([taken], EVERYTHING))).toContain("shop: get pods");
    const policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    const request = { spec: { paramKind: { apiVersion: "v1", kind: "ConfigMap" } } };
    expect(rights(proposed([event("create", policies, { request, code: 422 })], EVERYTHING))).toHaveLength(1);
  });

  test("a PUT or apply that made the object needs create, of that name", () => {
    const events = [
      event("update", shop("configmaps/a"), { code: 201 }),
      event("patch", shop("configmaps/b"), { code: 201 }),
    ];
    expect(rights(proposed(events))).toEqual(["shop: create,patch configmaps[b]", "shop: create,update configmaps[a]"]);
  });

  test("a GET of exec needs create from 1.35 on", () => {
    const exec = event("get", shop("pods/web/exec?command=ls"), { code: 101 });
    expect(rights(proposed([exec]))).toEqual(["shop: create,get pods/exec"]);
    expect(rights(proposed([exec], undefined, { minor: 34 }))).toEqual(["shop: get pods/exec"]);
  });

  test("acting as another needs it of whom, and of each group", () => {
    const acted = event("list", shop("pods"), { impersonatedUser: auditUser("carol", ["devs"]) });
    expect(rights(proposed([acted]))).toEqual(["*: impersonate groups[devs]", "*: impersonate users[carol]"]);
    const account = auditUser("system:serviceaccount:ci:bot");
    expect(rights(proposed([event("list", shop("pods"), { impersonatedUser: account })]))).toEqual([
      "ci: impersonate serviceaccounts[bot]",
    ]);
  });

  test("a constrained mode needs its own verbs, and the right to do it so", () => {
    const acted = event("list", shop("pods"), {
      impersonatedUser: auditUser("carol"),
      impersonationConstraint: "impersonate:user-info",
    });
    expect(rights(proposed([acted]))).toEqual([
      "*: impersonate:user-info users[carol] in authentication.k8s.io",
      "shop: impersonate-on:user-info:list pods",
    ]);
  });

  test("approving, signing and attesting need the signer", () => {
    const requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    const request = { spec: { signerName: "example.com/web" } };
    const signer = (verb: string) => `*: ${verb} signers[example.com/web] in certificates.k8s.io`;
    expect(rights(proposed([event("update", `${requests}/a/approval`, { request })]))).toContain(signer("approve"));
    expect(rights(proposed([event("patch", `${requests}/a/status`, { request })]))).toContain(signer("sign"));
    const bundle = event("create", "/apis/certificates.k8s.io/v1beta1/clustertrustbundles", {
      name: "example.com:web:1",
      code: 201,
    });
    expect(rights(proposed([bundle]))).toContain(signer("attest"));
  });

  test("a policy with parameters needs to read all of their kind", () => {
    const policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    const request = { spec: { paramKind: { apiVersion: "v1", kind: "ConfigMap" } } };
    const subject = proposed([event("create", policies, { request, code: 201 })], EVERYTHING);
    expect([rights(subject)[1], subject.proof.lost]).toEqual(["*: get configmaps[*]", []]);
  });

  test("an owner that is not to be deleted first needs its finalizers, where that right is held", () => {
    const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", blockOwnerDeletion: true };
    const write = event("create", shop("configmaps"), {
      request: { metadata: { ownerReferences: [owner] } },
      code: 201,
    });
    expect(rights(proposed([write]))).toEqual(["shop: create configmaps"]);
    const objects = [
      clusterRole("r", "create configmaps", "update deployments/finalizers apps"),
      bound("r", "shop", "alice"),
    ];
    expect(rights(proposed([write], objects)).join("; ")).toMatch(/update deployments\/finalizers/);
  });
});

test("names of users that no object can have are replaced, and kept apart", () => {
  const name = (user: string): unknown =>
    proposed([event("list", shop("pods"), { user })], undefined, { user }).objects[0]?.metadata?.name;
  expect(name("system:serviceaccount:shop:cart")).toBe("minimal:shop:cart");
  expect(name("alice@example.com")).toBe("minimal:user:alice@example.com");
  expect(name("role/a b")).toMatch(/^minimal:user:role-a-b:[0-9a-f]{8}$/);
  expect(name("role/a b")).not.toBe(name("role-a/b"));
});

describe("who is left alone", () => {
  test("nodes and members of system:masters are counted, and subjects that the log does not have are named", () => {
    const usage = usageOf(
      event("get", "/api/v1/nodes/n", { user: auditUser("system:node:n", ["system:nodes"]) }),
      event("get", "/api/v1/nodes/n", { user: auditUser("root", ["system:masters"]) }),
      event("get", "/api", { user: "carol" }),
    );
    const options = { minor: 36, names: 4, families: false, dropUnseen: false };
    const result = minimize({ usage, present: undefined, options, users: [], source: undefined });
    expect(result).toMatchObject({ subjects: [], nodes: 1, masters: ["root"], byDefaultsOnly: 1, unseen: [] });
  });
});
