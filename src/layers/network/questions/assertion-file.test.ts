import { expect, test } from "vitest";
import { deployment, namespace, network, pod, policy, service } from "../../../../test/network/build.ts";
import { evaluateAssertions } from "./assertion-file.ts";
import { endpoints } from "./endpoints.fixture.ts";

const OBJECTS = [
  namespace("payments", { tier: "core" }),
  namespace("shop"),
  namespace("ingress-nginx"),
  deployment("payments/ledger", { app: "ledger" }),
  deployment("shop/web", { app: "web" }),
  deployment("ingress-nginx/controller", { app: "controller" }),
  policy("payments/egress", { policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] }),
  policy("shop/web", {
    podSelector: { matchLabels: { app: "web" } },
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } }],
        ports: [{ port: 8080 }],
      },
    ],
  }),
];

const WITH_SERVICES = [
  ...OBJECTS,
  service("shop/web", {
    selector: { app: "web" },
    ports: [
      { name: "http", port: 80, targetPort: 8080 },
      { name: "admin", port: 81, targetPort: 9090 },
    ],
  }),
  service("shop/members", { clusterIP: "None", selector: { app: "web" } }),
  service("shop/nobody", { selector: { app: "nobody" }, ports: [{ port: 80 }] }),
];

test("a Service as an end is the workloads behind it, at their own ports", () => {
  const evaluated = evaluateAssertions(network(WITH_SERVICES), {
    assertions: [
      { from: "ingress-nginx/*", to: "svc/shop/web", ports: ["TCP/80"], expect: "allowed" },
      { from: "ingress-nginx/*", to: "svc/shop/web", expect: "allowed" },
      { from: "ingress-nginx/*", to: "svc/shop/web", ports: [81], expect: "denied" },
      { from: "ingress-nginx/*", to: "svc/shop/web", ports: ["80-81"], expect: "denied" },
      { to: ["svc/shop/web", "payments/ledger"], ports: [80], onlyFrom: ["ingress-nginx/*", "shop/*"] },
      { from: "svc/shop/web", to: "internet", expect: "denied" },
      { from: "payments/*", to: "svc/shop/web", ports: [80, 82], expect: "allowed" },
      { from: "payments/*", to: "svc/shop/web", ports: [8080], expect: "denied" },
      { from: "payments/*", to: "svc/shop/nobody", expect: "denied" },
      { from: "payments/*", to: "svc/shop/wep", expect: "denied" },
      { from: "ingress-nginx/*", to: "svc/shop/members", ports: [8080], expect: "allowed" },
      { from: "ingress-nginx/*", to: "svc/shop/members", ports: [80], expect: "allowed" },
    ],
  });
  if (!evaluated.ok) throw new Error("malformed");
  expect(evaluated.reports.map(({ result, problem }) => problem?.text ?? result)).toEqual([
    "passed",
    "failed",
    "passed",
    "failed",
    "failed",
    "failed",
    "80, 82 of svc/shop/web",
    "8080 of svc/shop/web",
    "any of svc/shop/nobody",
    "svc/shop/wep",
    "passed",
    "failed",
  ]);
});

test("the address of a pod is the pod, the address of a Service the Service", () => {
  const at = service("shop/web", {
    clusterIP: "10.96.0.9",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080 }],
  });
  const evaluated = evaluateAssertions(network([...OBJECTS, at, pod("ingress-nginx/one", { ip: "10.1.2.3" })]), {
    assertions: [
      { from: "10.1.2.3", to: "shop/web", ports: [8080], expect: "denied" },
      { from: "10.1.2.4", to: "shop/web", ports: [8080], expect: "denied" },
      { from: "10.1.2.3", to: "10.96.0.9", ports: [80], expect: "allowed" },
    ],
  });
  expect(evaluated).toMatchObject({ reports: [{ result: "failed" }, { result: "passed" }, { result: "passed" }] });
});

test("endpoints of a Service that are no pods count like its pods", () => {
  const objects = [
    ...OBJECTS,
    service("shop/db", { ports: [{ port: 80 }] }),
    endpoints("shop/db", ["192.0.2.7", "10.1.2.3"], 5432),
    pod("shop/db-0", { labels: { app: "db" }, ip: "10.1.2.3" }),
    policy("shop/db", { podSelector: { matchLabels: { app: "db" } } }),
  ];
  const evaluated = evaluateAssertions(network(objects), {
    assertions: [
      { from: "shop/web", to: "svc/shop/db", expect: "denied" },
      { from: "shop/web", to: "svc/shop/db", expect: "allowed" },
      { from: "payments/ledger", to: "svc/shop/db", expect: "denied" },
      { from: "svc/shop/db", to: "shop/web", expect: "denied" },
    ],
  });
  expect(evaluated).toMatchObject({
    reports: [
      { result: "failed", counterExample: { to: "192.0.2.7", ports: { TCP: "5432" } } },
      { result: "failed", counterExample: { to: "shop/db-0[Pod]" } },
      { result: "passed" },
      { result: "passed" },
    ],
  });
});

test("a Service as source is its pods, whatever ports they have", () => {
  const unnamed = service("shop/web", { selector: { app: "web" }, ports: [{ port: 80, targetPort: "nobody-has-it" }] });
  const evaluated = evaluateAssertions(network([...OBJECTS, unnamed]), {
    assertions: [{ from: "svc/shop/web", to: "internet", expect: "denied" }],
  });
  expect(evaluated).toMatchObject({ reports: [{ result: "failed" }] });
});

test("the address of a node reaches the pods that run there, as in every other answer", () => {
  const node = (name: string, address: string) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
    status: { addresses: [{ type: "InternalIP", address }] },
  });
  const objects = [
    node("n1", "192.168.0.1"),
    node("n2", "192.168.0.2"),
    pod("shop/here", { spec: { nodeName: "n1" } }),
    pod("shop/somewhere", { spec: { nodeName: "" } }),
    policy("shop/deny", {}),
  ];
  const evaluated = evaluateAssertions(network(objects), {
    assertions: [
      { from: "192.168.0.1", to: "shop/here", expect: "denied" },
      { from: "192.168.0.1", to: "shop/here", expect: "allowed" },
      { from: "192.168.0.2", to: "shop/here", expect: "denied" },
      { from: "192.168.0.2", to: "shop/somewhere", expect: "denied" },
      { from: ["192.168.0.1", "shop/somewhere"], to: "shop/here", ports: [80], expect: "allowed" },
      { from: "192.168.0.1", to: "internet", expect: "denied" },
    ],
  });
  if (!evaluated.ok) throw new Error("malformed");
  expect(evaluated.reports.map(({ result, counterExample }) => [result, counterExample?.from])).toEqual([
    ["failed", "192.168.0.1"],
    ["passed", undefined],
    ["passed", undefined],
    ["depends", "192.168.0.2"],
    ["failed", "shop/somewhere[Pod]"],
    ["empty", undefined],
  ]);
});

function results(...assertions: readonly object[]): readonly string[] {
  const evaluated = evaluateAssertions(network(OBJECTS), { assertions });
  if (!evaluated.ok) throw new Error("malformed");
  return evaluated.reports.map(({ result }) => result);
}

test("never, always and only", () => {
  expect(
    results(
      { from: "payments/*", to: "internet", expect: "denied" },
      { from: "shop/*", to: "internet", expect: "denied" },
      { to: "shop/web", ports: ["TCP/8080"], onlyFrom: ["ingress-nginx/*"] },
      { to: "shop/web", ports: ["TCP/8080"], onlyFrom: ["payments/*"] },
      { from: "ingress-nginx/*", to: "shop/web", ports: ["TCP/8080"], expect: "allowed" },
      { from: "ingress-nginx/*", to: "shop/web", ports: ["TCP/8080-8081"], expect: "allowed" },
      { from: "external", to: "shop/web[Deployment]", expect: "denied" },
      { from: "payments/ledger", onlyTo: "10.0.0.0/8" },
    ),
  ).toEqual(["passed", "failed", "passed", "failed", "passed", "failed", "passed", "depends"]);
});

test("ends can be selected by labels, and listed", () => {
  const core = { namespaceSelector: { matchLabels: { tier: "core" } } };
  expect(
    results(
      { from: core, to: "203.0.113.9", expect: "denied" },
      { from: { podSelector: { matchLabels: { app: "web" } } }, to: ["203.0.113.9"], expect: "allowed" },
      { from: [core, "shop/*"], to: "203.0.113.9", expect: "denied" },
    ),
  ).toEqual(["passed", "passed", "failed"]);
});

test("a failure comes with a counter-example and the rules behind it", () => {
  const evaluated = evaluateAssertions(network(OBJECTS), {
    assertions: [{ name: "web is for the shop only", to: "shop/web", onlyFrom: "shop/*" }],
  });
  expect(evaluated).toMatchObject({
    ok: true,
    reports: [
      {
        name: "web is for the shop only",
        result: "failed",
        counterExample: {
          from: "ingress-nginx/controller[Deployment]",
          to: "shop/web[Deployment]",
          ports: { TCP: "8080" },
          by: [{ kind: "default" }, { kind: "rule", rule: 0, policies: [{ name: "web" }] }],
        },
      },
    ],
  });
});

test("a name that matches nothing, and words that are none, are no success", () => {
  const kinds = [
    { from: "payment/*", to: "internet", expect: "denied" },
    { from: "shop/*", to: "internet", expect: "perhaps" },
    { from: "shop/*", to: "internet" },
    { to: "internet", expect: "denied" },
    { from: "shop/*", onlyFrom: "shop/*", to: "internet" },
    { from: "shop/*", to: "internet", ports: ["http"], expect: "denied" },
  ];
  expect(results(...kinds)).toEqual(kinds.map(() => "invalid"));
  expect(results({ from: "shop/web", to: "shop/web", expect: "denied" })).toEqual(["empty"]);
  expect(evaluateAssertions(network(OBJECTS), { assertions: "all" })).toMatchObject({ ok: false });
  expect(results()).toEqual([]);
});
