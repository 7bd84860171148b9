import { expect, test } from "vitest";
import { deployment, namespace, network, pod, policy, service } from "../../../../test/network/build.ts";
import type { Resource } from "../../../cluster/resource.ts";
import { resourcesOf } from "../../../../test/network/resources.ts";
import { createNetwork } from "../network.ts";
import { diffEntries } from "./diff-json.ts";
import { endpoints } from "./endpoints.fixture.ts";
import { mapJson } from "./map-json.ts";
import { findEnd } from "./named-end.ts";
import { parsePort, parsePorts } from "./named-ports.ts";
import { answerReach } from "./reach-answer.ts";
import { askLine, lineDocument } from "./reach-batch.ts";
import { formatPorts } from "../port-set.ts";

const SHOP = [
  namespace("shop"),
  deployment("shop/web", { app: "web" }),
  deployment("shop/api", { app: "api" }, { ports: [{ name: "http", containerPort: 8080 }] }),
  pod("shop/db", { labels: { app: "db" }, ip: "10.1.0.9" }),
  service("shop/api", { selector: { app: "api" }, ports: [{ port: 80, targetPort: "http" }] }),
  policy("shop/deny-db", { podSelector: { matchLabels: { app: "db" } } }),
  policy("shop/allow-db", {
    podSelector: { matchLabels: { app: "db" } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: "api" } } }], ports: [{ port: 5432 }] }],
  }),
];

/** Positions as a source of files would give them. */
function located(objects: readonly object[]): readonly Resource[] {
  return resourcesOf(objects).map((resource, index) => ({
    ...resource,
    locate: (path) => ({ file: "shop.yaml", line: 10 * index + path.length, column: 1 }),
  }));
}

test("ends are named as people name them", () => {
  const asked = network([
    ...SHOP,
    deployment("ops/api", { app: "x" }),
    { ...deployment("ops/api", { app: "x" }), kind: "DaemonSet" },
  ]);
  const kindOf = (text: string) => {
    const found = findEnd(asked, text);
    return found.kind === "end" ? found.end.kind : found.kind;
  };
  const texts = [
    "shop/web[Deployment]",
    "shop/web",
    "shop/db",
    "10.1.0.9",
    "10.1.0.8",
    "10.0.0.0/8",
    "external",
    "internet",
    "svc/shop/api",
  ];
  expect(texts.map(kindOf)).toEqual([
    "pods",
    "pods",
    "pods",
    "pods",
    "addresses",
    "addresses",
    "addresses",
    "addresses",
    "service",
  ]);
  expect(findEnd(asked, "ops/api")).toMatchObject({
    kind: "ambiguous",
    candidates: ["ops/api[DaemonSet]", "ops/api[Deployment]"],
  });
  expect(findEnd(asked, "shop/wep")).toMatchObject({
    kind: "unknown",
    nearest: ["shop/web[Deployment]"],
  });
  expect(findEnd(asked, "svc/shop/apj")).toMatchObject({ kind: "unknown", nearest: ["svc/shop/api"] });
  expect(findEnd(asked, "nothing").kind).toBe("unknown");
});

test("ports are named as people name them", () => {
  expect(parsePort("TCP/8080")).toEqual({ protocol: "TCP", port: 8080 });
  expect(parsePort("udp/53")).toEqual({ protocol: "UDP", port: 53 });
  expect(parsePort("443")).toEqual({ protocol: "TCP", port: 443 });
  for (const text of ["", "0", "65536", "TCP/", "ICMP/1", "http", "TCP/80/1", "80-90"])
    expect(parsePort(text)).toBeUndefined();
  expect(formatPorts(parsePorts("TCP/80-90") ?? [])).toEqual({ TCP: "80-90" });
  expect(formatPorts(parsePorts("sctp") ?? [])).toEqual({ SCTP: "1-65535" });
  expect(formatPorts(parsePorts("all") ?? [])).toBe("all");
  for (const text of ["90-80", "TCP/1-2-3", "x"]) expect(parsePorts(text)).toBeUndefined();
});

test("a denial names the policies that isolate, and the rule that comes nearest", () => {
  const answer = answerReach(createNetwork(located(SHOP)), "shop/web", "shop/db", { protocol: "TCP", port: 5432 });
  expect(answer).toEqual({
    kind: "answer",
    answer: {
      verdict: "denied",
      egress: { verdict: "allowed", ports: "all" },
      ingress: { verdict: "denied", ports: {} },
      by: [
        { direction: "egress", kind: "default" },
        {
          direction: "ingress",
          kind: "isolated",
          policies: [
            {
              apiVersion: "networking.k8s.io/v1",
              kind: "NetworkPolicy",
              namespace: "shop",
              name: "deny-db",
              path: "",
              file: "shop.yaml",
              line: 50,
            },
            {
              apiVersion: "networking.k8s.io/v1",
              kind: "NetworkPolicy",
              namespace: "shop",
              name: "allow-db",
              path: "",
              file: "shop.yaml",
              line: 60,
            },
          ],
          nearest: {
            policy: {
              apiVersion: "networking.k8s.io/v1",
              kind: "NetworkPolicy",
              namespace: "shop",
              name: "allow-db",
              path: "spec.ingress[0].from[0]",
              file: "shop.yaml",
              line: 65,
            },
            rule: 0,
            labels: [{ on: "pod", key: "app", operator: "In", values: ["api"], actual: "web" }],
          },
        },
      ],
    },
  });
});

test("a port that no rule admits is what the nearest rule says", () => {
  const answer = answerReach(network(SHOP), "shop/api", "shop/db", { protocol: "TCP", port: 5433 });
  expect(answer).toMatchObject({ answer: { by: [{}, { nearest: { rule: 0, ports: { TCP: "5432" } } }] } });
});

test("without a port the answer is what is open", () => {
  expect(answerReach(network(SHOP), "shop/api", "shop/db", undefined)).toMatchObject({
    answer: { verdict: "allowed", ports: { TCP: "5432" } },
  });
});

test("a Service is answered backend by backend", () => {
  const asked = network(SHOP);
  expect(answerReach(asked, "shop/web", "svc/shop/api", { protocol: "TCP", port: 80 })).toMatchObject({
    answer: { verdict: "allowed", backends: [{ to: "shop/api", port: 8080, verdict: "allowed" }] },
  });
  expect(answerReach(asked, "shop/web", "svc/shop/api", { protocol: "TCP", port: 81 })).toMatchObject({
    answer: { verdict: "denied", gap: "no-such-port" },
  });
  expect(answerReach(asked, "shop/web", "svc/shop/api", undefined)).toMatchObject({
    answer: { verdict: "allowed", ports: { TCP: "80" }, backends: [{ to: "shop/api", port: 8080 }] },
  });
  expect(answerReach(asked, "svc/shop/api", "shop/db", { protocol: "TCP", port: 5432 })).toMatchObject({
    answer: { verdict: "allowed" },
  });
});

test("a Service that connects to others is its pods, whatever ports they have, or its endpoints outside", () => {
  const objects = [
    ...SHOP,
    service("shop/headless", { clusterIP: "None", selector: { app: "api" } }),
    service("shop/unnamed", { selector: { app: "api" }, ports: [{ port: 80, targetPort: "nobody-has-it" }] }),
    service("shop/nobody", { selector: { app: "nobody" }, ports: [{ port: 80 }] }),
    service("shop/outside", { ports: [{ port: 80 }] }),
    endpoints("shop/outside", ["192.0.2.7"], 80),
  ];
  const ask = (from: string) => answerReach(network(objects), from, "shop/db", { protocol: "TCP", port: 5432 });
  expect(ask("svc/shop/headless")).toMatchObject({ answer: { verdict: "allowed" } });
  expect(ask("svc/shop/unnamed")).toMatchObject({ answer: { verdict: "allowed" } });
  expect(ask("svc/shop/outside")).toMatchObject({ answer: { verdict: "denied", by: [{ kind: "external" }, {}] } });
  expect(ask("svc/shop/nobody")).toMatchObject({ answer: { verdict: "denied", gap: "no-endpoints" } });
});

test("a Service leads to its backends in its own families only", () => {
  const at = (spec: object) => service("shop/both", { selector: { app: "both" }, ports: [{ port: 80 }], ...spec });
  const ask = (spec: object, to = "svc/shop/both", family?: 4 | 6) => {
    const objects = [
      pod("shop/client", { ip: ["10.1.0.1", "fd00::1"] }),
      pod("shop/both", { labels: { app: "both" }, ip: ["10.1.0.2", "fd00::2"] }),
      policy("shop/six", {
        podSelector: { matchLabels: { app: "both" } },
        ingress: [{ from: [{ ipBlock: { cidr: "fd00::/64" } }] }],
      }),
      at(spec),
    ];
    const asked = answerReach(network(objects), "shop/client", to, { protocol: "TCP", port: 80 }, family);
    return asked.kind === "answer" ? [asked.answer.verdict, asked.answer.gap] : [];
  };
  const allowed = ["allowed", undefined];
  const dual = { clusterIP: "10.96.0.7", clusterIPs: ["10.96.0.7", "fd96::7"] };
  expect(ask({})).toEqual(allowed);
  expect(ask({ clusterIP: "10.96.0.7" })).toEqual(["denied", undefined]);
  expect(ask({ clusterIP: "10.96.0.7" }, "svc/shop/both", 6)).toEqual(["denied", "no-common-family"]);
  expect(ask({ clusterIP: "None", ipFamilies: ["IPv4"] })).toEqual(["denied", undefined]);
  expect(ask({ ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv4"] })).toEqual(allowed);
  expect(ask({ clusterIP: "fd96::7" })).toEqual(allowed);
  expect(ask(dual)).toEqual(allowed);
  expect(ask(dual, "10.96.0.7")).toEqual(["denied", undefined]);
  expect(ask(dual, "fd96::7")).toEqual(allowed);
  expect(ask(dual, "fd96::7", 4)).toEqual(["denied", "no-common-family"]);
});

test("the address of a Service is the Service, unless a pod has it", () => {
  const at = (clusterIP: string) =>
    service("shop/api", { clusterIP, selector: { app: "api" }, ports: [{ port: 80, targetPort: "http" }] });
  const closed = policy("shop/deny-api", { podSelector: { matchLabels: { app: "api" } } });
  const ask = (objects: readonly object[], to: string) =>
    answerReach(network(objects), "shop/web", to, { protocol: "TCP", port: 80 });
  expect(ask([...SHOP, closed, at("10.96.0.7")], "10.96.0.7")).toMatchObject({
    answer: { verdict: "denied", backends: [{ to: "shop/api" }] },
  });
  expect(ask([...SHOP, at("10.96.0.7")], "10.96.0.7")).toMatchObject({ answer: { verdict: "allowed" } });
  expect(ask([...SHOP, at("10.1.0.9")], "10.1.0.9")).toMatchObject({ answer: { verdict: "denied" } });
  const status = { loadBalancer: { ingress: [{ hostname: "lb.example.org" }, { ip: "203.0.113.5" }] } };
  expect(ask([...SHOP, closed, { ...at("10.96.0.7"), status }], "203.0.113.5")).toMatchObject({
    answer: { verdict: "denied" },
  });
  expect(ask([...SHOP, at("None")], "10.96.0.7")).toMatchObject({
    answer: { verdict: "allowed", by: [{}, { kind: "external" }] },
  });
});

test("an open answer says on what it depends", () => {
  const byAddress = policy("shop/p", {
    podSelector: { matchLabels: { app: "api" } },
    ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }],
  });
  expect(answerReach(network([...SHOP, byAddress]), "shop/web", "shop/api", undefined)).toMatchObject({
    answer: { verdict: "depends", depends: "unknownAddress", on: ["unknownAddress"] },
  });
});

test("a batch answers each line with the same object", () => {
  const asked = network(SHOP);
  const line = { id: 7, from: "shop/api", to: "shop/db", protocol: "TCP", port: 5432 };
  expect(lineDocument(askLine(asked, line, false))).toEqual({ ...line, verdict: "allowed" });
  expect(lineDocument(askLine(asked, { ...line, port: 1 }, false))).toEqual({ ...line, port: 1, verdict: "denied" });
  expect(lineDocument(askLine(asked, { ...line, family: 6 }, false))).toMatchObject({
    verdict: "denied",
    gap: "no-common-family",
  });
  expect(lineDocument(askLine(asked, line, true)).by).toHaveLength(2);
  expect(lineDocument(askLine(asked, { ...line, to: "shop/dp" }, false))).toMatchObject({
    verdict: "not-evaluated",
    reason: "unknown-name",
    nearest: ["shop/db[Pod]"],
  });
  expect(lineDocument(askLine(asked, { from: "shop/api" }, false)).reason).toBe("no-ends");
  expect(lineDocument(askLine(asked, { ...line, port: 70_000 }, false)).reason).toBe("no-port");
  expect(lineDocument(askLine(asked, { ...line, port: null }, false)).reason).toBe("no-port");
  expect(lineDocument(askLine(asked, { ...line, family: 5 }, false)).reason).toBe("no-family");
  expect(lineDocument(askLine(asked, "shop/api shop/db", false))).toEqual({
    verdict: "not-evaluated",
    reason: "malformed-question",
    line: 1,
  });
});

test("the map lists workloads, ranges and every open pair", () => {
  const json = mapJson(network(SHOP));
  expect(json.workloads).toEqual(["shop/api[Deployment]", "shop/db[Pod]", "shop/web[Deployment]"]);
  expect(json.externals).toEqual(["0.0.0.0-255.255.255.255"]);
  const connections = [...json.connections()].map(({ from, to, ports }) => `${from} > ${to} ${JSON.stringify(ports)}`);
  expect(connections.toSorted()).toEqual([
    '0.0.0.0-255.255.255.255 > shop/api[Deployment] "all"',
    '0.0.0.0-255.255.255.255 > shop/web[Deployment] "all"',
    'shop/api[Deployment] > 0.0.0.0-255.255.255.255 "all"',
    'shop/api[Deployment] > shop/api[Deployment] "all"',
    'shop/api[Deployment] > shop/db[Pod] {"TCP":"5432"}',
    'shop/api[Deployment] > shop/web[Deployment] "all"',
    'shop/db[Pod] > 0.0.0.0-255.255.255.255 "all"',
    'shop/db[Pod] > shop/api[Deployment] "all"',
    'shop/db[Pod] > shop/web[Deployment] "all"',
    'shop/web[Deployment] > 0.0.0.0-255.255.255.255 "all"',
    'shop/web[Deployment] > shop/api[Deployment] "all"',
    'shop/web[Deployment] > shop/web[Deployment] "all"',
  ]);
  expect([...json.depends()]).toEqual([]);
});

test("pairs that depend are listed apart, with the ports in question", () => {
  const byAddress = policy("shop/p", {
    podSelector: { matchLabels: { app: "api" } },
    ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }], ports: [{ port: 80 }] }],
  });
  const json = mapJson(network([...SHOP, byAddress]));
  expect([...json.depends()]).toContainEqual({
    from: "shop/web[Deployment]",
    to: "shop/api[Deployment]",
    ports: { TCP: "80" },
    on: ["unknownAddress"],
  });
  expect([...json.connections()]).toContainEqual({
    from: "10.0.0.0-10.255.255.255",
    to: "shop/api[Deployment]",
    ports: { TCP: "80" },
  });
});

test("a difference names what opens and closes, and the rules that decide now", () => {
  const before = network(SHOP);
  const after = network([
    ...SHOP.slice(0, -1),
    policy("shop/allow-db", {
      podSelector: { matchLabels: { app: "db" } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "web" } } }] }],
    }),
  ]);
  const entries = [...diffEntries(before, after, true)];
  expect(entries.map(({ from, to, opened, closed }) => ({ from, to, opened, closed }))).toEqual([
    { from: "shop/api[Deployment]", to: "shop/db[Pod]", opened: undefined, closed: { TCP: "5432" } },
    { from: "shop/web[Deployment]", to: "shop/db[Pod]", opened: "all", closed: undefined },
  ]);
  expect(entries[1]?.by?.at(-1)).toMatchObject({
    kind: "rule",
    direction: "ingress",
    action: "Allow",
    policies: [{ name: "allow-db" }],
  });
  expect([...diffEntries(before, before, true)]).toEqual([]);
});

test("a workload that comes or goes is marked in the difference", () => {
  const entries = [...diffEntries(network(SHOP), network([...SHOP, deployment("shop/new", { app: "new" })]), false)];
  expect(
    entries.filter(({ from }) => from === "shop/new[Deployment]").every(({ ends }) => ends?.from === "added"),
  ).toBe(true);
  expect(entries.some(({ to, opened }) => to === "0.0.0.0-255.255.255.255" && opened === "all")).toBe(true);
});
