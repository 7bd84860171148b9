// `access generate` against a real API server: what it makes is taken with strict validation, and is enough and no more.

import { copyFileSync } from "node:fs";
import { afterAll, beforeAll, expect } from "vitest";
import { parseAllDocuments } from "yaml";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { startControlPlane, type ControlPlane } from "../servers/control-plane.ts";
import { waitFor } from "../servers/wait-for.ts";
import { ringwall } from "./program.ts";

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

const SHOP = "/api/v1/namespaces/shop";
const RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/shop";
const COLLECTIONS: Readonly<Record<string, string>> = {
  ServiceAccount: `${SHOP}/serviceaccounts`,
  Role: `${RBAC}/roles`,
  RoleBinding: `${RBAC}/rolebindings`,
};
let plane: ControlPlane;

beforeAll(async () => {
  if (serversUnavailable() !== undefined) return;
  plane = await startControlPlane({ auditLevel: "Metadata" });
  await plane.createNamespace("shop");
  for (const name of ["web", "api"]) await must("POST", "/apis/apps/v1/namespaces/shop/deployments", deployment(name));
  for (const name of PODS) await must("POST", `${SHOP}/pods`, { metadata: { name }, spec: podSpec });
  await must("POST", `${RBAC}/roles`, {
    metadata: { name: "all" },
    rules: [{ apiGroups: [""], resources: ["*"], verbs: ["*"] }],
  });
  await must("POST", `${RBAC}/rolebindings`, {
    metadata: { name: "all" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "all" },
    subjects: [{ kind: "ServiceAccount", name: "default", namespace: "shop" }],
  });
});
afterAll(() => plane?.stop());

const PODS = ["web-7d4b9c6f5-x2x5z", "api-7d4b9c6f5-x2x5z"];
const podSpec = { containers: [{ name: "main", image: "main:1" }] };
const deployment = (name: string) => ({
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: podSpec },
  },
});

async function must(method: string, path: string, body: object, contentType?: string) {
  const answer = await plane.request(method, path, body, contentType === undefined ? {} : { contentType });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer;
}

/** A token of an account, bound to a pod where one is given, as the kubelet asks for it. */
async function tokenOf(account: string, pod?: string): Promise<string> {
  const boundObjectRef = pod === undefined ? {} : { boundObjectRef: { kind: "Pod", apiVersion: "v1", name: pod } };
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: boundObjectRef };
  const answer = await must("POST", `${SHOP}/serviceaccounts/${account}/token`, body);
  const { status } = answer.body as { readonly status: { readonly token: string } }; // a TokenRequest
  return status.token;
}

testWithServers(
  "the account, role and edit of a workload are taken strictly, and its pods can do what they did",
  async () => {
    const [web, api] = [await tokenOf("default", PODS[0]), await tokenOf("default", PODS[1])];
    const used = [`${SHOP}/configmaps/settings`, `${SHOP}/services`];
    await waitFor("the rights to take effect", async () =>
      (await plane.request("GET", used[1] ?? "", undefined, { token: web })).status === 200 ? true : undefined,
    );
    for (const path of used) await plane.request("GET", path, undefined, { token: web });
    await plane.request("GET", `${SHOP}/secrets`, undefined, { token: api });
    const log = plane.workspace.path("recorded.log");
    copyFileSync(plane.auditLogPath ?? "", log);
    const ask = (format: string) =>
      ringwall([
        "access",
        "generate",
        "shop/web",
        "--audit-log",
        log,
        "--no-config",
        "-o",
        format,
        "--kubeconfig",
        plane.adminKubeconfigPath,
      ]);
    const made = await ask("yaml");
    expect([made.code, made.stderr]).toEqual([0, ""]);
    const objects = parseAllDocuments(made.stdout).map((one) => one.toJS() as ApiObject); // our own YAML
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "ServiceAccount web",
      "Role minimal:shop:web",
      "RoleBinding minimal:shop:web",
    ]);
    for (const object of objects) await must("POST", `${COLLECTIONS[object.kind]}?fieldValidation=Strict`, object);
    const patch = parseAllDocuments((await ask("patch")).stdout)[0]?.toJS() as object; // as above
    const path = "/apis/apps/v1/namespaces/shop/deployments/web?fieldValidation=Strict";
    const edited = await must("PATCH", path, patch, "application/strategic-merge-patch+json");
    expect(edited.body).toMatchObject({
      spec: {
        template: {
          spec: { serviceAccountName: "web", automountServiceAccountToken: true, containers: [{ name: "main" }] },
        },
      },
    });
    const token = await tokenOf("web");
    await waitFor("the new role to take effect", async () =>
      (await plane.request("GET", used[1] ?? "", undefined, { token })).status === 200 ? true : undefined,
    );
    const statuses = async (...paths: readonly string[]) =>
      Promise.all(paths.map(async (one) => (await plane.request("GET", one, undefined, { token })).status));
    expect(await statuses(...used)).toEqual([404, 200]);
    expect(await statuses(`${SHOP}/secrets`, `${SHOP}/configmaps`, `${SHOP}/pods`)).toEqual([403, 403, 403]);
  },
);

testWithServers("a workload that asks the API for nothing gets no token and no role", async () => {
  const log = plane.workspace.path("empty.log");
  copyFileSync(plane.auditLogPath ?? "", log);
  await must("POST", "/apis/apps/v1/namespaces/shop/deployments", deployment("quiet"));
  const words = ["access", "generate", "shop/quiet", "--audit-log", log, "--no-config", "-o", "json"];
  const { code, stdout } = await ringwall([...words, "--kubeconfig", plane.adminKubeconfigPath]);
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { automountServiceAccountToken: false, objects: [{ kind: "ServiceAccount", automountServiceAccountToken: false }] },
  ]);
});

testWithServers("with -n only a part of a cluster's rights is read, and that is said", async () => {
  const log = plane.workspace.path("part.log");
  copyFileSync(plane.auditLogPath ?? "", log);
  const words = ["access", "minimize", "--audit-log", log, "--subject", "sa/shop/default", "--no-config"];
  const whole = await ringwall([...words, "--kubeconfig", plane.adminKubeconfigPath]);
  expect([whole.code, whole.stdout]).toEqual([0, expect.not.stringContaining("NOT EVALUATED")]);
  const part = await ringwall([...words, "-n", "shop", "--kubeconfig", plane.adminKubeconfigPath]);
  expect([part.code, part.stdout]).toEqual([3, expect.stringContaining("only namespace shop was read")]);
});
