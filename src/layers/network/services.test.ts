import { expect, test } from "vitest";
import { clusterPolicy, deployment, network, pod, policy, service, verdict } from "../../../test/network/build.ts";
import { endOf } from "../../../test/network/agreement.ts";
import { answerReach } from "./questions/reach-answer.ts";
import { reachService } from "./service-reach.ts";

const V1 = pod("shop/v1", { labels: { app: "web" }, ports: [{ name: "http", containerPort: 8080 }] });
const V2 = pod("shop/v2", { labels: { app: "web" }, ports: [{ name: "http", containerPort: 9090 }] });
const BARE = pod("shop/bare", { labels: { app: "web" } });
const CLIENT = pod("ops/client");

function ask(objects: readonly object[], number: number, protocol: "TCP" | "UDP" = "TCP") {
  const asked = network(objects);
  const view = asked.services().all[0];
  if (view === undefined) throw new Error("no service");
  const { verdict, gap, backends } = reachService(asked.world, endOf(asked, "ops/client"), view, {
    protocol,
    port: number,
  });
  return {
    verdict,
    gap,
    to: backends.map((backend) => `${backend.pod?.name ?? "outside"}:${backend.port} ${backend.reach.verdict}`),
  };
}

const web = (spec: object) => service("shop/web", { selector: { app: "web" }, ...spec });

test("a Service's port becomes the target port of the pods behind it", () => {
  const objects = [V1, CLIENT, web({ ports: [{ port: 80, targetPort: 8080 }] })];
  expect(ask(objects, 80)).toEqual({ verdict: "allowed", gap: undefined, to: ["v1:8080 allowed"] });
  const onService = policy("shop/p", { ingress: [{ ports: [{ port: 80 }] }] });
  expect(ask([...objects, onService], 80).verdict).toBe("denied");
  const onPod = policy("shop/p", { ingress: [{ ports: [{ port: 8080 }] }] });
  expect(ask([...objects, onPod], 80).verdict).toBe("allowed");
});

test("a named target port is each pod's own number; a pod without it is no backend", () => {
  const objects = [V1, V2, BARE, CLIENT, web({ ports: [{ port: 80, targetPort: "http" }] })];
  expect(ask(objects, 80).to).toEqual(["v1:8080 allowed", "v2:9090 allowed"]);
  const one = policy("shop/p", { ingress: [{ ports: [{ port: 9090 }] }] });
  expect(ask([...objects, one], 80)).toEqual({
    verdict: "allowed",
    gap: undefined,
    to: ["v1:8080 denied", "v2:9090 allowed"],
  });
});

test("without target port it is the same number, and a headless Service never translates", () => {
  expect(ask([V1, CLIENT, web({ ports: [{ port: 81 }] })], 81).to).toEqual(["v1:81 allowed"]);
  expect(ask([V1, CLIENT, web({ clusterIP: "None", ports: [{ port: 80, targetPort: 8080 }] })], 80).to).toEqual([
    "v1:80 allowed",
  ]);
});

test("why nothing answers is said", () => {
  expect(ask([CLIENT, web({ ports: [{ port: 80 }] })], 80).gap).toBe("no-endpoints");
  expect(ask([V1, CLIENT, web({ ports: [{ port: 80 }] })], 81).gap).toBe("no-such-port");
  expect(ask([V1, CLIENT, web({ ports: [{ port: 80 }] })], 80, "UDP").gap).toBe("no-such-port");
  const name = service("shop/web", { type: "ExternalName", externalName: "example.org", ports: [{ port: 80 }] });
  expect(ask([CLIENT, name], 80)).toEqual({ verdict: "depends", gap: "external-name", to: [] });
  expect(ask([V1, CLIENT, service("shop/web", { selector: {}, ports: [{ port: 80 }] })], 80).gap).toBe("no-endpoints");
});

test("a Service without selector leads where its EndpointSlices say", () => {
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    endpoints: [{ addresses: ["203.0.113.7"] }, { addresses: ["10.9.9.9"] }],
    ports: [{ name: "", port: 3306 }],
  };
  const here = pod("shop/db", { ip: "10.9.9.9" });
  const objects = [CLIENT, here, slice, service("shop/web", { ports: [{ port: 3306 }] })];
  expect(ask(objects, 3306).to).toEqual(["db:3306 allowed", "outside:3306 allowed"]);
});

test("Endpoints stand for the EndpointSlices that are mirrored from them; protocols of ports must agree", () => {
  const endpoints = {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name: "web", namespace: "shop" },
    subsets: [null, { addresses: [null, { ip: "203.0.113.7" }, { ip: "10.9.9.9" }], ports: [null, { port: 3306 }] }],
  };
  const here = pod("shop/db", { ip: "10.9.9.9" });
  const asked = (port: object, number: number, protocol: "TCP" | "UDP" = "TCP", spec: object = {}) =>
    ask([CLIENT, here, endpoints, service("shop/web", { ports: [port], ...spec })], number, protocol);
  expect(asked({ port: 3306 }, 3306).to).toEqual(["db:3306 allowed", "outside:3306 allowed"]);
  expect(asked({ port: 3306, protocol: "UDP" }, 3306, "UDP").gap).toBe("no-endpoints");
  expect(asked({ port: 3306 }, 22, "TCP", { clusterIP: "None" }).to).toEqual(["db:22 allowed", "outside:22 allowed"]);
});

test("a Service takes the port of a regular container before that of a sidecar", () => {
  const both = pod("shop/v9", {
    labels: { app: "web" },
    ports: [{ name: "http", containerPort: 8080 }],
    spec: {
      initContainers: [{ name: "s", restartPolicy: "Always", ports: [{ name: "http", containerPort: 9000 }] }],
    },
  });
  expect(ask([both, CLIENT, web({ ports: [{ port: 80, targetPort: "http" }] })], 80).to).toEqual(["v9:8080 allowed"]);
});

test("templates stand behind Services as their pods would", () => {
  const template = deployment("shop/web", { app: "web" }, { ports: [{ name: "http", containerPort: 7070 }] });
  expect(ask([template, CLIENT, web({ ports: [{ port: 80, targetPort: "http" }] })], 80).to).toEqual([
    "web:7070 allowed",
  ]);
});

test("doors from outside: kind, sources, and what policies let through", () => {
  const deny = policy("shop/deny", { ingress: [{ from: [{ ipBlock: { cidr: "198.51.100.0/24" } }] }] });
  const ports = [{ port: 80, targetPort: 8080, nodePort: 30_080 }];
  const doors = (spec: object, ...more: object[]) =>
    network([V1, web({ ports, ...spec }), ...more])
      .entryPoints()
      .map(
        ({ kind, targets }) =>
          `${kind} ${targets.map(({ pod: { name }, port, reach }) => `${name}:${port} ${reach.verdict}`).join()}`,
      );
  expect(doors({})).toEqual([]);
  expect(doors({ type: "NodePort" })).toEqual(["NodePort v1:8080 allowed"]);
  expect(doors({ type: "LoadBalancer" }, policy("shop/none", {}))).toEqual(["LoadBalancer v1:8080 denied"]);
  expect(doors({ type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/25"] }, deny)).toEqual([
    "LoadBalancer v1:8080 allowed",
  ]);
  expect(doors({ type: "LoadBalancer", loadBalancerSourceRanges: ["192.0.2.0/24"] }, deny)).toEqual([
    "LoadBalancer v1:8080 denied",
  ]);
  expect(doors({ externalIPs: ["203.0.113.1"] })).toEqual(["ExternalIP v1:8080 allowed"]);
});

const INGRESS = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "front", namespace: "shop" },
  spec: {
    rules: [
      {
        host: "shop.example.org",
        http: { paths: [{ path: "/", backend: { service: { name: "web", port: { name: "main" } } } }] },
      },
    ],
    defaultBackend: { service: { name: "web", port: { number: 81 } } },
  },
};

test("an Ingress leads to the pods behind its backends, from the controller's pods where they are known", () => {
  const ports = [
    { name: "main", port: 80, targetPort: 8080 },
    { name: "extra", port: 81, targetPort: 8081 },
  ];
  const objects = [V1, web({ ports }), INGRESS];
  const doors = network(objects).entryPoints();
  expect(doors.map(({ hosts, port, targets }) => [hosts.join(), port.port, targets[0]?.reach.verdict])).toEqual([
    ["shop.example.org", 80, "allowed"],
    ["", 81, "allowed"],
  ]);
  expect(doors.every(({ isControllerAssumed }) => isControllerAssumed)).toBe(true);
  const controller = pod("edge/nginx", { labels: { "app.kubernetes.io/name": "ingress-nginx" } });
  const only = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } } };
  const admit = policy("shop/p", { ingress: [{ from: [only] }] });
  const known = network([...objects, controller, admit]).entryPoints();
  expect(known.map(({ isControllerAssumed, targets }) => [isControllerAssumed, targets[0]?.reach.verdict])).toEqual([
    [false, "allowed"],
    [false, "allowed"],
  ]);
  expect(network([...objects, admit]).entryPoints()[0]?.targets[0]?.reach.verdict).toBe("denied");
});

test("a Gateway route needs a Gateway for a parent, and a grant to leave its namespace", () => {
  const ports = [{ port: 80, targetPort: 8080 }];
  const route = (namespace: string, parent: object) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "r", namespace },
    spec: {
      parentRefs: [parent],
      hostnames: ["a.example.org"],
      rules: [{ backendRefs: [{ name: "web", namespace: "shop", port: 80 }] }],
    },
  });
  const grant = {
    apiVersion: "gateway.networking.k8s.io/v1beta1",
    kind: "ReferenceGrant",
    metadata: { name: "g", namespace: "shop" },
    spec: {
      from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "edge" }],
      to: [{ group: "", kind: "Service" }],
    },
  };
  const doors = (...more: object[]) =>
    network([V1, web({ ports }), ...more])
      .entryPoints()
      .map(({ kind, hosts }) => `${kind} ${hosts.join()}`);
  expect(doors(route("shop", { name: "edge" }))).toEqual(["Gateway a.example.org"]);
  expect(doors(route("shop", { group: "", kind: "Service", name: "web" }))).toEqual([]);
  expect(doors(route("edge", { name: "edge" }))).toEqual([]);
  expect(doors(route("edge", { name: "edge" }), grant)).toEqual(["Gateway a.example.org"]);
});

test("from a pod through a Service to itself cluster policies apply, to its own address none do", () => {
  const objects = [V1, web({ ports: [{ port: 80, targetPort: 8080 }] })];
  const all = [{ namespaces: {} }];
  const throughService = (...policies: readonly object[]) => {
    const asked = network([...objects, ...policies]);
    const [view] = asked.services().all;
    if (view === undefined) throw new Error("no service");
    return reachService(asked.world, endOf(asked, "shop/v1"), view, { protocol: "TCP", port: 80 }).verdict;
  };
  const deny = clusterPolicy("deny", { ingress: [{ action: "Deny", from: all }] });
  expect(throughService()).toBe("allowed");
  expect(throughService(deny)).toBe("denied");
  expect(throughService(clusterPolicy("base", { tier: "Baseline", egress: [{ action: "Deny", to: all }] }))).toBe(
    "denied",
  );
  expect(throughService(clusterPolicy("ok", { priority: 0, ingress: [{ action: "Accept", from: all }] }), deny)).toBe(
    "allowed",
  );
  expect(throughService(policy("shop/p", {}))).toBe("allowed");
  expect(verdict([...objects, deny], "shop/v1", "shop/v1")).toBe("allowed");
});

test("a headless Service leads to any port of its pods, listed or not", () => {
  const headless = service("shop/web", { clusterIP: "None", selector: { app: "web" } });
  const open = [V1, CLIENT, headless, policy("shop/p", { ingress: [{ ports: [{ port: 8080 }] }] })];
  expect(ask(open, 8080)).toEqual({ verdict: "allowed", gap: undefined, to: ["v1:8080 allowed"] });
  expect(ask(open, 80)).toEqual({ verdict: "denied", gap: undefined, to: ["v1:80 denied"] });
  const asked = network(open);
  expect(answerReach(asked, "ops/client", "svc/shop/web", undefined)).toMatchObject({
    answer: { verdict: "allowed", ports: { TCP: "8080" } },
  });
  const alias = network([CLIENT, service("shop/db", { type: "ExternalName", externalName: "db.example.org" })]);
  expect(answerReach(alias, "ops/client", "svc/shop/db", undefined)).toMatchObject({
    answer: { verdict: "depends", gap: "external-name" },
  });
});
