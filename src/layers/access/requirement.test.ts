import { expect, test } from "vitest";
import { accessTo, clusterRole, clusterRoleBinding, role, roleBinding, rule, user } from "./objects.fixture.ts";
import type { Access } from "./access-engine.ts";
import { resourceAction } from "./action.ts";
import { authenticated } from "./identity.ts";
import { policyRuleOf } from "./policy-rule.ts";
import { checksOf, evaluate, refusalOf, type Requirement } from "./requirement.ts";
import * as requests from "./request-requirements.ts";
import { bindingWriteRequirement, roleWriteRequirement } from "./write-requirements.ts";

const RBAC = { apiGroups: ["rbac.authorization.k8s.io"] };
const alice = authenticated("alice");
const write = rule(["create", "update"], ["roles", "clusterroles", "rolebindings", "clusterrolebindings"], RBAC);
const getPods = rule(["get"], ["pods"]);

/** Alice holds these rules cluster-wide. */
const holding = (...rules: ReturnType<typeof rule>[]) =>
  accessTo([
    clusterRole("hers", rules),
    clusterRoleBinding("hers", "hers", [user("alice")]),
    role("shop", "secret", [rule(["get"], ["secrets"])]),
  ]);
const meets = (access: Access<number>, requirement: Requirement) => evaluate(access, alice, requirement).met;
const newRole = (over: object = {}) =>
  roleWriteRequirement({ verb: "create", namespace: "shop", name: "r", rules: [policyRuleOf(getPods)], ...over });
const secretRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "secret" };

test("a role is written by who holds its rules, or may escalate; the right to create is needed besides", () => {
  expect(meets(holding(write), newRole())).toBe(false);
  expect(meets(holding(write, getPods), newRole())).toBe(true);
  expect(meets(holding(getPods), newRole())).toBe(false);
  expect(meets(holding(write, rule(["escalate"], ["roles"], RBAC)), newRole())).toBe(true);
});

test("names limit escalate on updates only: a POST has no name", () => {
  const named = holding(write, rule(["escalate"], ["roles"], { ...RBAC, resourceNames: ["r"] }));
  expect(meets(named, newRole())).toBe(false);
  expect(meets(named, newRole({ verb: "update" }))).toBe(true);
});

test("an aggregating ClusterRole needs everything, or escalate", () => {
  const aggregated = newRole({ namespace: "", isAggregated: true });
  const refused = evaluate(holding(write, getPods), alice, aggregated);
  expect(refusalOf(refused, alice)).toBe("must have cluster-admin privileges to use the aggregationRule");
  const all = holding(rule(["*"], ["*"], { apiGroups: ["*"] }), {
    verbs: ["*"],
    apiGroups: [],
    resources: [],
    nonResourceURLs: ["*"],
  });
  expect(meets(all, aggregated)).toBe(true);
  expect(meets(holding(write, rule(["escalate"], ["clusterroles"], RBAC)), aggregated)).toBe(true);
});

test("a binding is written by who holds the role's rules or may bind that role in that namespace", () => {
  const bindingTo = (access: Access<number>, namespace = "shop", roleRef = secretRef) =>
    meets(access, bindingWriteRequirement(access, { verb: "create", namespace, name: "b", roleRef }));
  const binder = rule(["bind"], ["roles"], { ...RBAC, resourceNames: ["secret"] });
  expect(bindingTo(holding(write))).toBe(false);
  expect(bindingTo(holding(write, rule(["get"], ["secrets"])))).toBe(true);
  expect(bindingTo(holding(write, binder))).toBe(true);
  const missing = { ...secretRef, name: "missing" };
  expect(bindingTo(holding(write, rule(["*"], ["pods"])), "shop", missing)).toBe(false);
  expect(bindingTo(holding(write, rule(["bind"], ["roles"], RBAC)), "shop", missing)).toBe(true);
});

test("the right to create a binding and the right to bind may come from different scopes", () => {
  const access = accessTo([
    clusterRole("binder", [rule(["bind"], ["clusterroles"], RBAC)]),
    clusterRole("writer", [write]),
    clusterRole("target", [rule(["*"], ["*"])]),
    clusterRoleBinding("cluster-wide", "binder", [user("alice")]),
    roleBinding("shop", "local", "ClusterRole/writer", [user("alice")]),
  ]);
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "target" };
  const binding = (namespace: string) =>
    bindingWriteRequirement(access, { verb: "create", namespace, name: "b", roleRef });
  expect(meets(access, binding("shop"))).toBe(true);
  expect(meets(access, binding("bank"))).toBe(false);
});

test("exec by WebSocket needs create as well from 1.35 on", () => {
  const exec = { verb: "get", subresource: "exec", namespace: "shop", name: "web" } as const;
  const at = (minor: number, ...verbs: string[]) => {
    const rules = [
      clusterRole("hers", [rule(verbs, ["pods/exec"])]),
      clusterRoleBinding("hers", "hers", [user("alice")]),
    ];
    const access = accessTo(rules, { minor });
    return meets(access, requests.podConnectRequirement(access.features, exec));
  };
  expect([at(34, "get"), at(35, "get"), at(35, "get", "create"), at(34, "create")]).toEqual([true, false, true, false]);
});

test("a PUT that creates needs create with the name, so a named rule can grant it", () => {
  const update = resourceAction("update", "configmaps", { namespace: "shop", name: "a" });
  const named = rule(["update", "create"], ["configmaps"], { resourceNames: ["a"] });
  expect(meets(holding(named), requests.createOnUpdateRequirement(update))).toBe(true);
  expect(meets(holding(rule(["update"], ["configmaps"])), requests.createOnUpdateRequirement(update))).toBe(false);
});

const signers = (name: string) =>
  rule(["approve"], ["signers"], { apiGroups: ["certificates.k8s.io"], resourceNames: [name] });

test("approving and signing need the signer, by name or by domain", () => {
  const approval = rule(["update"], ["certificatesigningrequests/approval"], { apiGroups: ["certificates.k8s.io"] });
  const approve = requests.certificateRequirement("approve", "update", "csr", "kubernetes.io/kube-apiserver-client");
  expect(meets(holding(approval), approve)).toBe(false);
  expect(meets(holding(approval, signers("kubernetes.io/kube-apiserver-client")), approve)).toBe(true);
  expect(meets(holding(approval, signers("kubernetes.io/*")), approve)).toBe(true);
  expect(meets(holding(approval, signers("example.com/*")), approve)).toBe(false);
  expect(meets(holding(signers("kubernetes.io/*")), approve)).toBe(false);
});

const purposes = (requirement: Requirement) =>
  [...checksOf(requirement)].map((check) => ("purpose" in check ? check.purpose : check.kind));

test("policies with parameters need to read them; owner references need delete and finalizers where enforced", () => {
  const policy = resourceAction("create", "validatingadmissionpolicies", { apiGroup: "admissionregistration.k8s.io" });
  expect(purposes(requests.policyParametersRequirement(policy, "", "configmaps"))).toEqual([
    "request",
    "masters",
    "read-parameters",
  ]);
  expect(
    purposes(
      requests.policyBindingRequirement(policy, { apiGroup: "", resource: "configmaps", namespace: "a", name: "" }),
    ),
  ).toHaveLength(3);
  const update = resourceAction("update", "pods", { namespace: "shop", name: "web" });
  const owner = resourceAction("update", "replicasets", { apiGroup: "apps", namespace: "shop", name: "web" });
  expect(purposes(requests.ownerReferenceRequirement(update, [owner]))).toEqual([
    "request",
    "delete-to-own",
    "finalize-owner",
    "finalize-owner",
  ]);
  expect(purposes(requests.trustBundleRequirement(policy, "example.com/x"))).toEqual(["request", "attest", "attest"]);
  expect(purposes(requests.podCertificateRequirement("update", "a", "b", "example.com/x"))).toEqual([
    "request",
    "sign",
    "sign",
  ]);
});

test("refusals read as the API server's", () => {
  const refused = evaluate(holding(getPods), alice, newRole());
  expect(refusalOf(refused, alice)).toBe(
    'roles.rbac.authorization.k8s.io is forbidden: User "alice" cannot create resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "shop"',
  );
  expect(refusalOf(evaluate(holding(write), alice, newRole()), alice)).toBe(
    'user "alice" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
      '{APIGroups:[""], Resources:["pods"], Verbs:["get"]}',
  );
});
