import { expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { readXml } from "../formats/xml-reader.ts";
import { ringwall, withFolder } from "./program.ts";

const SHOP = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/audit: restricted, pod-security.kubernetes.io/audit-version: v1.30}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop, uid: u1}
spec: {template: {spec: {hostNetwork: true, containers: [{name: cart, image: x, ports: [{containerPort: 8080}]}]}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: cart-1, namespace: shop, uid: u2, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: cart, uid: u1, controller: true}]}
spec: {template: {spec: {hostNetwork: true, containers: [{name: cart, image: x, ports: [{containerPort: 8080}]}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: cart-1-a, namespace: shop, uid: u3, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: cart-1, uid: u2, controller: true}]}
spec: {containers: [{name: cart, image: x, securityContext: {privileged: true}}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec: {suspend: true, jobTemplate: {spec: {template: {spec: {hostPID: true, containers: [{name: r, image: x}]}}}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: roll, namespace: shop}
spec: {replicas: 0, template: {spec: {containers: [{name: r, image: x, ports: [{containerPort: 80, hostPort: 80}]}]}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: payments}
spec: {template: {spec: {containers: [{name: r, image: x, livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}}]}}}
`;

const CONFIGURATION = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults:
      enforce: restricted
    exemptions:
      namespaces: [shop]
`;

const FILES = {
  "shop.yaml": SHOP,
  "admission.yaml": CONFIGURATION,
  "wrong.yaml": CONFIGURATION.replace("exemptions", "exemption"),
};

interface Answer {
  readonly namespaces: readonly {
    readonly namespace: string;
    readonly workloads: readonly { readonly resource: { readonly name: string }; readonly effect: string }[];
    readonly highest: { readonly level: string };
    readonly upgrade?: { readonly changes: readonly unknown[] };
  }[];
}

const effects = (text: string): Record<string, string> =>
  Object.fromEntries(
    (JSON.parse(text) as Answer).namespaces // our own JSON, checked against its schema
      .flatMap(({ workloads }) => workloads)
      .map(({ resource, effect }) => [resource.name, effect]),
  ) as Record<string, string>;

test("who would be rejected under the labels there are, by object, with the pods that no template explains", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await ringwall(["workloads", "admit", "shop.yaml"], { directory });
    expect(code).toBe(1);
    expect(stdout).toContain(
      "shop  enforce baseline:latest · audit restricted:v1.30 · warn baseline:latest (follows enforce)",
    );
    expect(stdout).toContain('hostPort (container "cart" uses hostPort 8080)');
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "the Deployment is accepted, its pods will not be, and the ReplicaSet will say so at the next rollout",
    );
    expect(stdout).not.toContain("cart-1  ");
    expect(stdout).toContain("made by Deployment cart");
    expect(stdout).toContain("suspended now");
    expect(stdout).toContain("scaled to zero now");
    expect(stdout).toContain("can enforce nothing today; baseline:latest needs 4 workloads changed");
  });
});

test("proposed labels are judged in place of those there are", async () => {
  await withFolder(FILES, async (directory) => {
    const ask = ["workloads", "admit", "shop.yaml", "-o", "json"];
    const now = await ringwall(ask, { directory });
    expect(mistakesIn(JSON.parse(now.stdout), "admit.v1.json")).toEqual([]);
    expect(effects(now.stdout)).toEqual({
      cart: "rejected",
      "cart-1-a": "rejected",
      report: "rejected",
      roll: "rejected",
      db: "unaffected",
    });
    const proposed = await ringwall([...ask, "--namespace-labels", "enforce-,warn=baseline"], { directory });
    expect(mistakesIn(JSON.parse(proposed.stdout), "admit.v1.json")).toEqual([]);
    expect(proposed.code).toBe(0);
    expect(effects(proposed.stdout)).toMatchObject({ cart: "warned", db: "warned" });
    const wrong = await ringwall([...ask, "--namespace-labels", "enforc=baseline"], { directory });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("Did you mean enforce?")]);
  });
});

test("an upgrade says whose verdict changes, and why", async () => {
  await withFolder(FILES, async (directory) => {
    const ask = ["workloads", "admit", "shop.yaml", "--namespace-labels", "enforce=baseline", "--upgrade-to", "v1.37"];
    const { code, stdout } = await ringwall(
      [...ask, "--kubernetes-version", "1.33", "--include-namespace", "payments"],
      { directory },
    );
    expect(code).toBe(1);
    expect(stdout).toContain("UPGRADE 1.33 → 1.37  enforce, warn move with the cluster");
    expect(stdout).toContain("since policy v1.34 baseline refuses a host in probes");
    const pinned = await ringwall(
      [
        ...ask,
        "--namespace-labels",
        "enforce-version=v1.30",
        "--kubernetes-version",
        "1.33",
        "--include-namespace",
        "payments",
      ],
      { directory },
    );
    expect(pinned.code).toBe(0);
    expect(pinned.stdout).toContain("no mode moves with the cluster");
    expect((await ringwall(ask, { directory })).stderr).toContain("give --kubernetes-version");
  });
});

test("the admission configuration gives defaults and exemptions, and its mistakes have a place", async () => {
  await withFolder(FILES, async (directory) => {
    const ask = ["workloads", "admit", "shop.yaml", "-o", "json", "--admission-config"];
    const { code, stdout } = await ringwall([...ask, "admission.yaml"], { directory });
    expect(code).toBe(1);
    expect(effects(stdout)).toMatchObject({ cart: "exempt", roll: "exempt", db: "rejected" });
    const wrong = await ringwall([...ask, "wrong.yaml"], { directory });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^ringwall: wrong\.yaml:10:\d+: unknown field "exemption"/);
  });
});

test("html, junit and Chinese say the same", async () => {
  await withFolder(FILES, async (directory) => {
    const ask = ["workloads", "admit", "shop.yaml", "--kubernetes-version", "1.33", "--upgrade-to", "1.37"];
    const junit = readXml((await ringwall([...ask, "-o", "junit"], { directory })).stdout);
    expect(junit.attributes).toMatchObject({ tests: "5", failures: "4" });
    const html = (await ringwall([...ask, "-o", "html", "--lang", "zh-CN"], { directory })).stdout;
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain("会被拒绝");
    expect(html).not.toMatch(/<script|src=|https?:/);
  });
});

test("flags about namespaces and flags about a level are kept apart", async () => {
  await withFolder(FILES, async (directory) => {
    const both = await ringwall(["workloads", "admit", "shop.yaml", "--level", "baseline", "--upgrade-to", "1.37"], {
      directory,
    });
    expect([both.code, both.stderr]).toEqual([2, "ringwall: --upgrade-to asks about namespaces: leave out --level\n"]);
    const version = await ringwall(["workloads", "admit", "shop.yaml", "--policy-version", "v1.30"], { directory });
    expect(version.code).toBe(2);
  });
});
