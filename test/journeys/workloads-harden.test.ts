import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { testWithServers } from "../servers/availability.ts";
import { serverBinary } from "../servers/build.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { ringwall, withFolder } from "./program.ts";

const WEB = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: setup, image: "busybox:1", command: [sh, -c, "chown -R 1000 /data"]}]
      containers: [{name: web, image: "nginx:1", args: ["yes", "0o7"], ports: [{containerPort: 80}]}]
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: roll, namespace: shop}
spec: {template: {spec: {containers: [{name: a, image: "x:1"}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {hostNetwork: true, containers: [{name: agent, image: "x:1"}]}
`;

const KUSTOMIZATION = "resources: [web.yaml]\ncomponents: [hardening]\n";
const FILES = { "web.yaml": WEB, "kustomization.yaml": KUSTOMIZATION };
const HARDEN = ["workloads", "harden", "web.yaml"];

interface Report {
  readonly namespaces: readonly { readonly now: object; readonly reached: string }[];
  readonly workloads: readonly {
    readonly resource: { readonly name: string };
    readonly state: string;
    readonly after: readonly unknown[];
    readonly cautions: readonly { readonly code: string }[];
  }[];
}

test("what can be hardened is proved, what cannot is asked, and the order of labels is safe", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await ringwall([...HARDEN, "-o", "json"], { directory });
    expect(code).toBe(1);
    expect(mistakesIn(JSON.parse(stdout), "harden.v1.json")).toEqual([]);
    const report = JSON.parse(stdout) as Report; // as its schema says
    const states = Object.fromEntries(report.workloads.map(({ resource, state }) => [resource.name, state]));
    expect(states).toEqual({ web: "hardened", roll: "hardened", agent: "undecided" });
    expect(report.workloads[0]?.after).toEqual([]);
    expect(report.workloads[0]?.cautions.map((one) => one.code)).toEqual(
      expect.arrayContaining(["switches-user", "privileged-port", "numeric-user"]),
    );
    expect(report.namespaces[0]).toMatchObject({
      now: { "pod-security.kubernetes.io/audit": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
      reached: "privileged",
    });
  });
});

test("without the workload that nobody can decide, restricted is enforced last", async () => {
  await withFolder({ "web.yaml": WEB.slice(0, WEB.lastIndexOf("---")) }, async (directory) => {
    const { code, stdout } = await ringwall(HARDEN, { directory });
    expect(code).toBe(0);
    const text = stdout.replaceAll(/\s+/g, " ");
    expect(text).toContain("1 now: audit=restricted, warn=restricted");
    expect(text).toContain("2 apply the changes to 2 workloads");
    expect(text).toContain("3 then: enforce=restricted");
    expect(text).toContain("its command has chown");
    const chinese = await ringwall([...HARDEN, "--lang", "zh-CN"], { directory });
    expect(chinese.stdout).toContain("已加固");
  });
});

test("patches name containers and set nothing but what is missing; custom kinds get a JSON patch", async () => {
  await withFolder(FILES, async (directory) => {
    const { stdout } = await ringwall([...HARDEN, "-o", "patch"], { directory });
    const [, web, roll] = loadAll(stdout);
    const own = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    expect(web).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop" },
      spec: {
        template: {
          spec: {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            initContainers: [{ name: "setup", securityContext: own }],
            containers: [{ name: "web", securityContext: own }],
          },
        },
      },
    });
    expect(roll).toEqual(
      expect.arrayContaining([
        { op: "add", path: "/spec/template/spec/securityContext", value: { runAsNonRoot: true } },
      ]),
    );
  });
});

testWithServers(
  "the component is taken by kustomize, and what it builds is hardened",
  async () => {
    await withFolder(FILES, async (directory) => {
      await ringwall([...HARDEN, "-o", "kustomize=hardening"], { directory });
      const kustomize = await serverBinary("kustomize");
      const { stdout } = await promisify(execFile)(kustomize, ["build", directory]);
      const again = await ringwall(["workloads", "harden", "-", "-o", "json"], { input: stdout });
      const states = (JSON.parse(again.stdout) as Report).workloads.map(({ resource, state }) => [
        resource.name,
        state,
      ]);
      expect(Object.fromEntries(states)).toEqual({ web: "admitted", roll: "admitted", agent: "undecided" });
      expect(stdout).toContain('- "yes"');
    });
  },
  { components: ["kustomize"] },
);

test("levels and folders that make no sense are named", async () => {
  await withFolder(FILES, async (directory) => {
    const level = await ringwall([...HARDEN, "--level", "privileged"], { directory });
    expect([level.code, level.stderr]).toEqual([2, expect.stringContaining("give baseline or restricted")]);
    const folder = await ringwall([...HARDEN, "-o", "kustomize"], { directory });
    expect([folder.code, folder.stderr]).toEqual([2, "ringwall: -o kustomize needs a folder: -o kustomize=DIR\n"]);
  });
});

const controlPlane = sharedControlPlane();

testWithServers("a running cluster is predicted and hardened like files", async () => {
  const server = controlPlane();
  await server.createNamespace("shop", { "pod-security.kubernetes.io/enforce": "privileged" });
  const spec = { containers: [{ name: "a", image: "x:1" }] };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "bare" }, spec };
  expect((await server.request("POST", "/api/v1/namespaces/shop/pods", pod)).status).toBe(201);
  const template = { metadata: { labels: { app: "web" } }, spec };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 0, selector: { matchLabels: { app: "web" } }, template },
  };
  const path = "/apis/apps/v1/namespaces/shop/deployments";
  expect((await server.request("POST", path, deployment)).status).toBe(201);

  const cluster = ["--kubeconfig", server.adminKubeconfigPath, "-A", "--include-namespace", "shop"];
  const admit = await ringwall(["workloads", "admit", ...cluster, "--namespace-labels", "enforce=restricted"]);
  expect(admit.code).toBe(1);
  expect(admit.stdout).toContain("scaled to zero now");
  expect(admit.stdout).toContain("it runs on; once it is gone");
  const labelled = { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } };
  const answer = await server.request("PATCH", "/api/v1/namespaces/shop?dryRun=All", labelled, {
    contentType: "application/merge-patch+json",
  });
  const text = admit.stdout.replaceAll(/\s+/g, " ");
  for (const warning of answer.warnings) expect(text).toContain(warning);
  expect(answer.warnings.length).toBe(2);

  const level = ["--level", "restricted", "-o", "ndjson"];
  const each = await ringwall(["workloads", "admit", "--kubeconfig", server.adminKubeconfigPath, "-A", ...level]);
  expect(each.code).toBe(1);
  const denied = each.stdout.split("\n").filter((line) => line.includes('"verdict":"denied"'));
  expect(denied.length).toBe(2);

  const harden = await ringwall(["workloads", "harden", ...cluster, "-o", "patch"]);
  const patch = loadAll(harden.stdout).find((one) => (one as { kind: string }).kind === "Deployment");
  const patched = await server.request("PATCH", `${path}/web?dryRun=All`, patch, {
    contentType: "application/strategic-merge-patch+json",
  });
  expect(patched.status).toBe(200);
  expect(harden.stdout).not.toContain("name: bare");
});
