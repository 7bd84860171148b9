// Access questions to a live cluster: the program's answers beside the server's own.

import { afterAll, beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { startControlPlane, type ControlPlane } from "../servers/control-plane.ts";
import { reviewsIn } from "./access-worlds.ts";
import { ringwall, withFolder } from "./program.ts";

const GROUP = "/apis/rbac.authorization.k8s.io/v1";
const apiGroup = "rbac.authorization.k8s.io";
let plane: ControlPlane;

beforeAll(async () => {
  if (serversUnavailable() !== undefined) return;
  plane = await startControlPlane();
  await plane.createNamespace("shop");
  const cart = { kind: "ServiceAccount", name: "cart", namespace: "shop" };
  const admin = { apiGroup, kind: "ClusterRole", name: "cluster-admin" };
  for (const [path, body] of [
    [`${GROUP}/namespaces/shop/rolebindings`, { metadata: { name: "cart" }, roleRef: admin, subjects: [cart] }],
    [
      `${GROUP}/clusterrolebindings`,
      {
        metadata: { name: "ops" },
        roleRef: admin,
        subjects: [{ apiGroup, kind: "Group", name: "ops" }],
      },
    ],
  ] as const) {
    const answer = await plane.request("POST", path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  }
});
afterAll(() => plane?.stop());

const ask = (...words: readonly string[]) =>
  ringwall(["access", ...words, "--no-config", "--kubeconfig", plane.adminKubeconfigPath]);

testWithServers("the connection stays one's own, whomever the question is about", async () => {
  const yes = await ask("can", "create", "pods", "-n", "shop", "--as", "system:serviceaccount:shop:cart");
  expect([yes.code, yes.stdout]).toEqual([
    0,
    expect.stringContaining("RoleBinding shop/cart → ClusterRole cluster-admin"),
  ]);
  expect((await ask("can", "create", "pods", "--as", "system:serviceaccount:shop:cart")).code).toBe(1);
  expect((await ask("can", "get", "/healthz", "--as", "system:anonymous")).code).toBe(0);
});

testWithServers("a batch answers as the server does", async () => {
  const questions = ["system:serviceaccount:shop:cart", "alice", "system:anonymous"].flatMap((user) =>
    ["get", "create", "escalate"].flatMap((verb) =>
      ["", "shop", "kube-system"].flatMap((namespace) =>
        ["pods", "secrets", "nodes", "selfsubjectaccessreviews"].map((resource) => ({
          apiVersion: "authorization.k8s.io/v1",
          kind: "SubjectAccessReview",
          spec: {
            user,
            groups: user === "alice" ? ["ops", "system:authenticated"] : ["system:authenticated"],
            resourceAttributes: {
              verb,
              resource,
              namespace,
              group: resource.startsWith("self") ? "authorization.k8s.io" : "",
            },
          },
        })),
      ),
    ),
  );
  await withFolder(
    { "questions.ndjson": questions.map((one) => JSON.stringify(one)).join("\n") },
    async (directory) => {
      const words = ["access", "can", "--batch", "questions.ndjson", "-A", "--kubeconfig", plane.adminKubeconfigPath];
      const { code, stdout } = await ringwall(words, { directory });
      expect(code).toBe(0);
      const answers = reviewsIn(stdout);
      for (const [at, question] of questions.entries()) {
        const { text } = await plane.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", question);
        const { status } = JSON.parse(text) as { status: { allowed: boolean } }; // the server's review
        // Which of several grants it names depends on the order in its cache.
        expect([question.spec, answers[at]?.status.allowed]).toEqual([question.spec, status.allowed]);
      }
    },
  );
});

testWithServers("what a fresh cluster brings is no finding", async () => {
  const words = ["scan", "-A", "--layer", "access", "--fail-on", "none", "-o", "json", "--no-config"];
  const { stdout } = await ringwall([...words, "--kubeconfig", plane.adminKubeconfigPath]);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; resource: { name: string } }[] }; // our own JSON
  expect(findings.map(({ rule, resource }) => `${rule} ${resource.name}`).toSorted()).toEqual([
    "access/cluster-admin-binding ops",
    "access/cluster-admin-in-namespace cart",
    "access/subject-missing cart",
  ]);
});

testWithServers("who can become more is the same from the cluster and from its dump", async () => {
  const role = { metadata: { name: "deploy" }, rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["create"] }] };
  const deployer = { kind: "ServiceAccount", name: "deployer", namespace: "ci" };
  const binding = {
    metadata: { name: "ci" },
    roleRef: { apiGroup, kind: "Role", name: "deploy" },
    subjects: [deployer],
  };
  await plane.createNamespace("ci");
  for (const [path, body] of [
    ["/api/v1/namespaces/shop/serviceaccounts", { metadata: { name: "lead" } }],
    ["/api/v1/namespaces/ci/serviceaccounts", { metadata: { name: "deployer" } }],
    [`${GROUP}/namespaces/shop/roles`, role],
    [`${GROUP}/namespaces/shop/rolebindings`, binding],
    [
      `${GROUP}/clusterrolebindings`,
      {
        metadata: { name: "lead" },
        roleRef: { apiGroup, kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "ServiceAccount", name: "lead", namespace: "shop" }],
      },
    ],
  ] as const) {
    const answer = await plane.request("POST", path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  }
  const live = await ask("escalations", "-o", "json");
  expect(live.code).toBe(1);
  expect(JSON.parse(live.stdout)).toMatchObject({
    escalations: expect.arrayContaining([
      expect.objectContaining({
        subject: { kind: "ServiceAccount", namespace: "ci", name: "deployer" },
        target: { kind: "cluster-admin" },
      }),
    ]) as unknown,
    incomplete: [],
  });
  await withFolder({}, async (directory) => {
    const words = ["dump", "-A", "--kubeconfig", plane.adminKubeconfigPath, "-o", "cluster.dump.gz"];
    const dumped = await ringwall(words, { directory });
    expect([dumped.code, dumped.stderr]).toEqual([0, expect.any(String)]);
    const saved = await ringwall(["access", "escalations", "cluster.dump.gz", "-o", "json"], { directory });
    expect(JSON.parse(saved.stdout)).toEqual(JSON.parse(live.stdout));
  });
});
