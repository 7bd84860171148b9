import { expect, test } from "vitest";
import { formatPath } from "../../../kubernetes/path.ts";
import { resourceAction } from "../action.ts";
import {
  accessTo,
  account,
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  rule,
  user,
} from "../objects.fixture.ts";
import { answerReview, whoCanDocument } from "./answers.ts";
import type { LocateFact } from "./grant-document.ts";
import { parseQuestion } from "./parse-question.ts";
import { readReview } from "./subject-access-review.ts";

const ask = (verb: string, target: string, rest: object = {}) => parseQuestion({ verb, target, ...rest });
const actionOf = (target: string) => {
  const parsed = ask("get", target);
  return parsed.ok ? parsed.action : parsed.problem;
};

test("resources are named as kubectl takes them: plural, singular, kind, short name, with group or version", () => {
  const deployments = resourceAction("get", "deployments", { apiGroup: "apps" });
  for (const target of [
    "deployments",
    "deployment",
    "Deployment",
    "deploy",
    "deployments.apps",
    "deployments.v1.apps",
  ]) {
    expect(actionOf(target)).toEqual(deployments);
  }
  expect(actionOf("po/web")).toEqual(resourceAction("get", "pods", { name: "web" }));
  expect(actionOf("ev.events.k8s.io")).toEqual(resourceAction("get", "events", { apiGroup: "events.k8s.io" }));
  expect(actionOf("certificates.cert-manager.io/x")).toEqual(
    resourceAction("get", "certificates", { apiGroup: "cert-manager.io", name: "x" }),
  );
  expect(actionOf("*")).toEqual(resourceAction("get", "*"));
  expect(actionOf("*.*")).toEqual(resourceAction("get", "*", { apiGroup: "*" }));
  expect(actionOf("/metrics")).toEqual({ kind: "path", verb: "get", path: "/metrics" });
});

test("subresources and namespaces come as flags; what looks like a subresource is noted", () => {
  expect(ask("create", "pods/web", { subresource: "exec", namespace: "shop" })).toMatchObject({
    action: resourceAction("create", "pods", { subresource: "exec", namespace: "shop", name: "web" }),
    notes: [],
  });
  expect(ask("create", "pods/exec")).toMatchObject({ notes: [{ kind: "looks-like-subresource", name: "exec" }] });
  expect(ask("get", "frobs")).toMatchObject({ ok: true, notes: [{ kind: "unknown-resource", resource: "frobs" }] });
});

test("what is no question is said to be none", () => {
  expect([ask("", "pods"), ask("get", ""), ask("get", "a/b/c"), ask("get", "/x", { subresource: "y" })]).toEqual(
    ["no-verb", "no-resource", "too-many-slashes", "subresource-of-path"].map((problem) => ({ ok: false, problem })),
  );
});

const locate: LocateFact<number> = ({ source }, path) => `${source}.yaml:${formatPath(path)}`;
const access = accessTo([
  clusterRole("gathered", null, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] } }),
  clusterRole("source", [rule(["get"], ["pods"])], { metadata: { name: "source", labels: { a: "b" } } }),
  clusterRoleBinding("all", "gathered", [user("alice")]),
  role("shop", "secrets", [rule(["get"], ["secrets"])]),
  roleBinding("shop", "secrets", "Role/secrets", [account("", "web")]),
]);
const review = (spec: object, over: object = {}) => ({
  apiVersion: "authorization.k8s.io/v1",
  kind: "SubjectAccessReview",
  spec,
  ...over,
});

test("a review is answered by itself with its status; user and groups are literal", () => {
  const asked = review(
    { user: "alice", resourceAttributes: { verb: "get", resource: "pods", namespace: "shop" } },
    { metadata: { name: "x" } },
  );
  expect(answerReview(access, asked)).toEqual({
    ok: true,
    allowed: true,
    review: {
      ...asked,
      status: {
        allowed: true,
        reason: 'RBAC: allowed by ClusterRoleBinding "all" of ClusterRole "gathered" to User "alice"',
      },
    },
  });
  const refused = answerReview(access, review({ groups: ["dev"], nonResourceAttributes: { verb: "get", path: "/x" } }));
  expect(refused).toMatchObject({ ok: true, review: { status: { allowed: false } } });
  expect(JSON.stringify(refused)).not.toContain("reason");
});

test("the chain goes through aggregation to the file and line of the rule", () => {
  const asked = review({ user: "alice", resourceAttributes: { verb: "get", resource: "pods" } });
  expect(answerReview(access, asked, { explains: locate })).toMatchObject({
    review: {
      status: {
        chain: {
          binding: { kind: "ClusterRoleBinding", name: "all", path: "subjects[0]", at: "2.yaml:subjects[0]" },
          role: { name: "gathered", path: "aggregationRule" },
          rule: { verbs: ["get"], apiGroups: [""], resources: ["pods"] },
          origin: { name: "source", path: "rules[0]", at: "1.yaml:rules[0]" },
        },
      },
    },
  });
});

const problemOf = (value: unknown) => {
  const read = readReview(value);
  return read.ok ? undefined : read.problem.kind;
};

test("reviews the API server would refuse are not answered", () => {
  const pods = { verb: "get", resource: "pods", namespace: "shop" };
  expect(problemOf({ kind: "Pod", apiVersion: "v1" })).toBe("not-a-review");
  expect(problemOf(review({ user: 1 }))).toBe("malformed");
  expect(problemOf(review({ user: "a" }))).toBe("attributes");
  expect(problemOf(review({ user: "a", resourceAttributes: pods, nonResourceAttributes: {} }))).toBe("attributes");
  expect(problemOf(review({ resourceAttributes: pods }))).toBe("no-identity");
  const local = { kind: "LocalSubjectAccessReview", metadata: { namespace: "bank" } };
  expect(problemOf(review({ user: "a", resourceAttributes: pods }, local))).toBe("namespace");
  expect(problemOf(review({ user: "a", resourceAttributes: { ...pods, namespace: "bank" } }, local))).toBeUndefined();
});

const selected = (fieldSelector: object) => {
  const read = readReview(review({ user: "a", resourceAttributes: { verb: "list", resource: "pods", fieldSelector } }));
  return read.ok && read.action.kind === "resource" ? read.action.fieldSelector : undefined;
};

test("field selectors of a review are read raw or as requirements", () => {
  const own = [{ field: "spec.nodeName", operator: "=", value: "n1" }];
  expect(selected({ rawSelector: "spec.nodeName=n1" })).toEqual(own);
  expect(
    selected({
      requirements: [
        { key: "spec.nodeName", operator: "In", values: ["n1"] },
        { key: "x", operator: "Exists" },
      ],
    }),
  ).toEqual(own);
});

test("who-can as a document: subjects where they live, with their chains, and nodes beside them", () => {
  const secret = resourceAction("get", "secrets", { namespace: "shop", name: "db" });
  const document = whoCanDocument(access, secret, locate);
  expect(document.subjects).toMatchObject([
    { kind: "Group", name: "system:masters", via: [{ by: "system:masters" }] },
    {
      kind: "ServiceAccount",
      name: "web",
      namespace: "shop",
      via: [{ by: "rbac", role: { kind: "Role", namespace: "shop", name: "secrets" } }],
    },
  ]);
  expect(document.nodes).toBeUndefined();
  expect(whoCanDocument(access, resourceAction("list", "services"), locate).nodes).toBe("all");
});
