// What people complained about in other generators (inspektor-gadget, kubescape's node-agent, kguardian, otterize,
// kubebuilder, openshift-docs, galaxy-operator), each as a test.

import { expect, test } from "vitest";
import { deployment, namespace, pod, policy, service } from "../../../../test/network/build.ts";
import { resourcesOf } from "../../../../test/network/resources.ts";
import { parseCidr } from "../address-set.ts";
import { createNetwork } from "../network.ts";
import { formatPorts } from "../port-set.ts";
import { declaredNeeds } from "../needs/declared-needs.ts";
import { generatePolicies, SYSTEM_NAMESPACES, type GenerateInput, type Generated } from "./generate.ts";
import { giveAddresses, NOTHING_GIVEN, type GivenAddresses } from "./known-addresses.ts";
import type { Need } from "./need.ts";

function generate(objects: readonly object[], more: Partial<GenerateInput> = {}): Generated {
  const resources = resourcesOf(objects);
  const network = createNetwork(resources);
  const stated = declaredNeeds({ network, resources });
  const generated = generatePolicies({
    network,
    resources,
    needs: stated.needs,
    unresolved: stated.unresolved,
    kind: "NetworkPolicy",
    addresses: NOTHING_GIVEN,
    isWanted: (name) => !SYSTEM_NAMESPACES.has(name),
    silent: "as-today",
    ...more,
  });
  expect(generated.connections).toMatchObject({ missing: [], extra: [] });
  expect(generated.necessity.unnecessary).toEqual([]);
  return generated;
}

function specOf({ policies }: Generated, name: string): Record<string, unknown> {
  const found = policies.find(({ resource }) => resource.id.name === name);
  return (found?.resource.object["spec"] ?? {}) as Record<string, unknown>; // generated here
}

function given(...texts: readonly string[]): GivenAddresses {
  return texts.reduce((known, text) => giveAddresses(known, text) ?? known, NOTHING_GIVEN);
}

function seen(from: string, to: string, port: number): Need {
  return {
    from: { kind: "workload", id: from },
    to: { kind: "workload", id: to },
    port: { kind: "number", protocol: "TCP", port },
    because: [{ kind: "observed", flows: 1, sources: ["flows.csv"] }],
  };
}

const env = (name: string, value: string) => ({ env: [{ name, value }] });
const podSelector = (labels: object) => ({ podSelector: { matchLabels: labels } });
const web = deployment("shop/web", { app: "web" }, env("API_URL", "http://api"));
const api = deployment("shop/api", { app: "api" }, { ports: [{ name: "http", containerPort: 8080 }] });
const apiService = service("shop/api", { selector: { app: "api" }, ports: [{ port: 80, targetPort: "http" }] });
const KUBE_SYSTEM = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } };

test("a Service's port becomes the pods' port, through its name, for a short service name", () => {
  const generated = generate([web, api, apiService]);
  const ports = [{ protocol: "TCP", port: 8080 }];
  expect(specOf(generated, "api")["ingress"]).toEqual([{ from: [podSelector({ app: "web" })], ports }]);
  expect(specOf(generated, "web")["egress"]).toContainEqual({ to: [podSelector({ app: "api" })], ports });
});

test("a webhook's Service port 443 becomes the 9443 its pods listen on, from the API server", () => {
  const webhook = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "guard" },
    webhooks: [{ name: "g.example.com", clientConfig: { service: { name: "guard", namespace: "guard" } } }],
  };
  const objects = [
    deployment("guard/guard", { app: "guard" }, { ports: [{ name: "hook", containerPort: 9443 }] }),
    service("guard/guard", { selector: { app: "guard" }, ports: [{ port: 443, targetPort: "hook" }] }),
    webhook,
  ];
  const blind = generate(objects);
  expect(blind.unmet.map(({ code }) => code)).toEqual(["api-server-unknown"]);
  const generated = generate(objects, { addresses: given("api-server=10.0.0.1:6443") });
  expect(specOf(generated, "guard")["ingress"]).toEqual([
    { from: [{ ipBlock: { cidr: "10.0.0.1/32" } }], ports: [{ protocol: "TCP", port: 9443 }] },
  ]);
});

test("names are resolved over UDP and TCP, at the pods' own port, selected by the label of the resolver alone", () => {
  const labels = { "k8s-app": "kube-dns", "pod-template-hash": "5d78c", version: "1.11", "extra.example.com/x": "y" };
  const generated = generate([
    web,
    api,
    apiService,
    pod("kube-system/coredns-a", { labels, ports: [{ name: "dns", containerPort: 5353, protocol: "UDP" }] }),
    service("kube-system/kube-dns", {
      selector: { "k8s-app": "kube-dns" },
      ports: [
        { name: "dns", port: 53, targetPort: "dns", protocol: "UDP" },
        { name: "dns-tcp", port: 53, targetPort: 5353, protocol: "TCP" },
      ],
    }),
  ]);
  expect(specOf(generated, "web")["egress"]).toContainEqual({
    to: [{ ...KUBE_SYSTEM, ...podSelector({ "k8s-app": "kube-dns" }) }],
    ports: [
      { protocol: "TCP", port: 5353 },
      { protocol: "UDP", port: 5353 },
    ],
  });
  expect(specOf(generated, "api")["egress"]).toBeUndefined();
});

test("NodeLocal DNSCache is reached at the addresses it listens on", () => {
  const cache = {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "node-local-dns", namespace: "kube-system" },
    spec: {
      selector: { matchLabels: { "k8s-app": "node-local-dns" } },
      template: {
        metadata: { labels: { "k8s-app": "node-local-dns" } },
        spec: {
          hostNetwork: true,
          containers: [{ name: "c", image: "i", args: ["-localip", "169.254.20.10,10.96.0.10", "-conf", "x"] }],
        },
      },
    },
  };
  const generated = generate([web, api, apiService, cache]);
  const dns = (specOf(generated, "web")["egress"] as readonly object[])[0]; // sorted: kube-system first
  expect(dns).toMatchObject({
    to: [{ ...KUBE_SYSTEM }, { ipBlock: { cidr: "10.96.0.10/32" } }, { ipBlock: { cidr: "169.254.20.10/32" } }],
    ports: [{ port: 53 }, { port: 53 }],
  });
});

test("a StatefulSet's policy selects all of its replicas, those to come too", () => {
  const set = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "shop" },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: "db" } },
      template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "c", image: "i" }] } },
    },
  };
  const generated = generate([set, web], { needs: [seen("shop/web[Deployment]", "shop/db[StatefulSet]", 5432)] });
  expect(specOf(generated, "db")["podSelector"]).toEqual({ matchLabels: { app: "db" } });
});

test("a workload of which nothing is known stays open, and is named; --isolate-silent closes it", () => {
  const job = deployment("shop/nightly", { app: "nightly" });
  const objects = [web, api, apiService, job];
  const open = generate(objects);
  expect(open.silent.map(({ owner, leftOpen }) => [owner.id, leftOpen])).toEqual([
    ["shop/nightly[Deployment]", ["ingress", "egress"]],
  ]);
  expect(specOf(open, "nightly")).toMatchObject({ ingress: [{}], egress: [{}] });
  const closed = generate(objects, { silent: "closed" });
  expect(closed.policies.map(({ resource }) => resource.id.name)).toEqual(["default-deny", "api", "web"]);
});

test("a workload that policies isolate today is not opened because nothing is known of it", () => {
  const generated = generate([
    deployment("shop/nightly", { app: "nightly" }),
    policy("shop/deny", { podSelector: {}, policyTypes: ["Ingress"] }),
  ]);
  expect(specOf(generated, "nightly")).not.toHaveProperty("ingress");
  expect(specOf(generated, "nightly")).toMatchObject({ egress: [{}] });
  expect(generated.difference.opened).toEqual([]);
});

test("no list is written empty, since the API server would drop it and GitOps would see drift", () => {
  const generated = generate([web, api, apiService, deployment("shop/idle", { app: "idle" })], { silent: "closed" });
  for (const { resource } of generated.policies) expect(JSON.stringify(resource.object)).not.toContain("[]");
});

test("what a load balancer or an Ingress leads to stays reachable", () => {
  const generated = generate([
    web,
    api,
    apiService,
    service("shop/web", { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 443, targetPort: 8443 }] }),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "api", namespace: "shop" },
      spec: { defaultBackend: { service: { name: "api", port: { number: 80 } } } },
    },
  ]);
  expect(specOf(generated, "web")["ingress"]).toEqual([{ ports: [{ protocol: "TCP", port: 8443 }] }]);
  expect(specOf(generated, "api")["ingress"]).toContainEqual({
    from: [{ namespaceSelector: {} }],
    ports: [{ protocol: "TCP", port: 8080 }],
  });
});

test("traffic with nodes neither crashes nor becomes rules for addresses that change", () => {
  const agent = pod("monitoring/agent", { labels: { app: "agent" }, ip: "", spec: { hostNetwork: true } });
  const generated = generate([api, agent], { needs: [seen("monitoring/agent[Pod]", "shop/api[Deployment]", 8080)] });
  expect(generated.unmet.map(({ code }) => code)).toEqual(["nodes-unknown"]);
  const told = generate([api, agent], {
    needs: [seen("monitoring/agent[Pod]", "shop/api[Deployment]", 8080)],
    addresses: given("nodes=10.0.0.0/24"),
  });
  expect(specOf(told, "api")["ingress"]).toEqual([
    { from: [{ ipBlock: { cidr: "10.0.0.0/24" } }], ports: [{ protocol: "TCP", port: 8080 }] },
  ]);
});

test("probes need no rule: a pod's own node always reaches it", () => {
  const probe = { httpGet: { path: "/", port: 8080 } };
  const generated = generate([
    deployment("shop/api", { app: "api" }, { ports: [{ containerPort: 8080 }], livenessProbe: probe }),
  ]);
  expect(generated.exceptions.map(({ code }) => code)).toEqual(["own-node"]);
  expect(generated.unmet).toEqual([]);
});

test("what a log shows of nodes at a probed port is probes, unless a load balancer leads there", () => {
  const probe = { httpGet: { path: "/", port: 8080 } };
  const probed = deployment("shop/api", { app: "api" }, { ports: [{ containerPort: 8080 }], livenessProbe: probe });
  const fromNodes: Need = { ...seen("", "shop/api[Deployment]", 8080), from: { kind: "nodes" } };
  const resources = resourcesOf([probed]);
  const stated = declaredNeeds({ network: createNetwork(resources), resources }).needs;
  const generated = generate([probed], { needs: [...stated, fromNodes] });
  expect(generated.exceptions.map(({ code }) => code)).toEqual(["own-node"]);
  const door = service("shop/api", {
    type: "NodePort",
    selector: { app: "api" },
    ports: [{ port: 80, targetPort: 8080 }],
  });
  expect(generate([probed, door], { needs: [...stated, fromNodes] }).unmet).toHaveLength(1);
});

test("a hundred clients of one port are one rule", () => {
  const clients = Array.from({ length: 100 }, (_, index) => deployment(`shop/c${index}`, { app: `c${index}` }));
  const needs = clients.map((_, index) => seen(`shop/c${index}[Deployment]`, "shop/api[Deployment]", 8080));
  const generated = generate([api, ...clients], { needs });
  expect(specOf(generated, "api")["ingress"]).toHaveLength(1);
  expect(generated.policies).toHaveLength(102);
});

test("pods that have different numbers for one port name are reached by the name", () => {
  const make = (name: string, port: number): object =>
    pod(`shop/${name}`, {
      labels: { app: "api" },
      ports: [{ name: "http", containerPort: port }],
      owner: { kind: "ReplicaSet", name: "api", apiVersion: "apps/v1", uid: "u" },
    });
  const need: Need = {
    ...seen("shop/web[Deployment]", "shop/api[ReplicaSet]", 1),
    port: { kind: "named", protocol: "TCP", name: "http" },
  };
  const generated = generate([make("a", 8080), make("b", 9090), web], { needs: [need] });
  expect(specOf(generated, "api")["ingress"]).toMatchObject([{ ports: [{ protocol: "TCP", port: "http" }] }]);
});

test("workloads that labels do not tell apart share a policy, and it says so", () => {
  const objects = [deployment("shop/a", { app: "x" }), deployment("shop/b", { app: "x" }), api];
  const generated = generate(objects, { needs: [seen("shop/a[Deployment]", "shop/api[Deployment]", 8080)] });
  const shared = generated.owners.find(({ workloads }) => workloads.length > 1);
  expect(shared?.notes).toEqual([{ code: "shared", workloads: ["shop/a[Deployment]", "shop/b[Deployment]"] }]);
});

test("a workload whose labels another one also has is told apart by what it has not", () => {
  const objects = [deployment("shop/a", { app: "x" }), deployment("shop/b", { app: "x", track: "canary" }), api];
  const generated = generate(objects, { needs: [seen("shop/a[Deployment]", "shop/api[Deployment]", 8080)] });
  expect(specOf(generated, "a")["podSelector"]).toEqual({
    matchLabels: { app: "x" },
    matchExpressions: [{ key: "track", operator: "DoesNotExist" }],
  });
});

test("a host name outside is listed until somebody says where it is", () => {
  const client = deployment("shop/pay", { app: "pay" }, env("URL", "https://pay.example.com/v1"));
  const blind = generate([client]);
  expect(blind.unmet.map(({ need, code }) => [need.to, code])).toEqual([
    [{ kind: "domain", name: "pay.example.com" }, "domain"],
  ]);
  const told = generate([client], { addresses: given("pay.example.com=198.51.100.0/24") });
  expect(told.unmet).toEqual([]);
  expect(specOf(told, "pay")["egress"]).toContainEqual({
    to: [{ ipBlock: { cidr: "198.51.100.0/24" } }],
    ports: [{ protocol: "TCP", port: 443 }],
  });
});

test("the internet is written as what it is not", () => {
  const client = deployment("shop/pay", { app: "pay" }, env("URL", "https://pay.example.com/v1"));
  const told = generate([client], { addresses: given("pay.example.com=internet") });
  const rule = (specOf(told, "pay")["egress"] as readonly { readonly to: readonly object[] }[]).find(({ to }) =>
    JSON.stringify(to).includes("0.0.0.0/0"),
  );
  expect(rule?.to[0]).toMatchObject({ ipBlock: { cidr: "0.0.0.0/0", except: expect.arrayContaining(["10.0.0.0/8"]) } });
});

test("what an Admin tier denies is not called allowed", () => {
  const admin = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "no" },
    spec: {
      tier: "Admin",
      priority: 1,
      subject: { namespaces: {} },
      ingress: [
        { action: "Deny", from: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { number: 8080 } } }] },
      ],
    },
  };
  const resources = resourcesOf([namespace("shop"), web, api, apiService, admin]);
  const network = createNetwork(resources);
  const { connections } = generatePolicies({
    network,
    resources,
    needs: declaredNeeds({ network, resources }).needs,
    unresolved: [],
    kind: "NetworkPolicy",
    addresses: NOTHING_GIVEN,
    isWanted: () => true,
    silent: "closed",
  });
  expect(connections.missing.map(({ from, to }) => [from, to])).toEqual([
    ["shop/web[Deployment]", "shop/api[Deployment]"],
  ]);
});

test("IPv6 stays IPv6", () => {
  const client = pod("shop/client", { labels: { app: "client" }, ip: "fd00::1" });
  const server = pod("shop/server", { labels: { app: "server" }, ip: ["10.0.0.1", "fd00::2"] });
  const outside: Need = {
    ...seen("shop/client[Pod]", "", 443),
    to: { kind: "addresses", set: parseCidr("2001:db8::/33")?.set ?? [] },
  };
  const needs = [seen("shop/client[Pod]", "shop/server[Pod]", 8080), outside];
  const generated = generate([client, server], { needs });
  expect(specOf(generated, "client")["egress"]).toContainEqual({
    to: [{ ipBlock: { cidr: "2001:db8::/33" } }],
    ports: [{ protocol: "TCP", port: 443 }],
  });
});

test("the cluster's DNS is not cut off from its own servers when kube-system is asked for", () => {
  const dns = deployment("kube-system/coredns", { "k8s-app": "kube-dns" });
  const kubeDns = service("kube-system/kube-dns", {
    selector: { "k8s-app": "kube-dns" },
    ports: [{ name: "dns", port: 53, protocol: "UDP" }],
  });
  const generated = generate([web, api, apiService, dns, kubeDns], { isWanted: () => true });
  expect(generated.namespaces).toEqual(["kube-system", "shop"]);
  expect(specOf(generated, "coredns")).toMatchObject({ egress: [{}] });
});

test("what today's policies let through stays only if somebody needs it, and the difference says so", () => {
  const wide = policy("shop/wide", { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] });
  const generated = generate([web, api, apiService, wide]);
  expect(generated.toDelete.map(({ id }) => id.name)).toEqual(["wide"]);
  expect(generated.difference.closed).toBeGreaterThan(0);
  expect(generated.difference.opened).toEqual([]);
});

test("what a policy of today allows by naming pods, and no need asks for, is listed before it closes", () => {
  const web = deployment("shop/web", { app: "web" }, env("CACHE", "cache:6379"));
  const cache = deployment("shop/cache", { app: "cache" }, { ports: [{ containerPort: 6379 }] });
  const cacheService = service("shop/cache", { selector: { app: "cache" }, ports: [{ port: 6379 }] });
  const today = policy("shop/repo", {
    podSelector: { matchLabels: { app: "repo" } },
    ingress: [
      { from: [podSelector({ app: "web" })], ports: [{ port: 8081 }] },
      { from: [{ namespaceSelector: {} }], ports: [{ port: 8084 }] },
    ],
  });
  const needed = policy("shop/cache", {
    podSelector: { matchLabels: { app: "cache" } },
    ingress: [{ from: [podSelector({ app: "web" })], ports: [{ port: 6379 }] }],
  });
  const { lost } = generate([web, cache, cacheService, deployment("shop/repo", { app: "repo" }), today, needed]);
  expect(
    lost.map(({ from, to, ports, policy: { id }, path }) => [from, to, formatPorts(ports), id.name, path]),
  ).toEqual([
    ["shop/web[Deployment]", "shop/repo[Deployment]", { TCP: "8081,8084" }, "repo", ["spec", "ingress", 0, "from", 0]],
  ]);
});
