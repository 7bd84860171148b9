// NetworkPolicy v1, line by line: what the API types, defaulting, validation and end-to-end cases say.

import { expect, test } from "vitest";
import { namespace, network, notesOf, openPorts, pod, policy, verdict } from "../../../test/network/build.ts";

const WEB = pod("shop/web", { labels: { app: "web" }, ip: "10.1.0.1", ports: [{ name: "http", containerPort: 8080 }] });
const DB = pod("shop/db", { labels: { app: "db" }, ip: "10.1.0.2", ports: [{ name: "http", containerPort: 9090 }] });
const OTHER = pod("ops/probe", { labels: { app: "web" }, ip: "10.2.0.1" });
const PODS = [namespace("shop", { team: "a" }), namespace("ops", { team: "b" }), WEB, DB, OTHER];

test("the address of a pod in its node's network is its node's, which reaches its own pods", () => {
  const objects = [
    pod("shop/web", { ip: "10.1.0.1", spec: { nodeName: "n1" } }),
    pod("shop/agent", { ip: "192.168.0.1", spec: { nodeName: "n1", hostNetwork: true } }),
    policy("shop/deny", {}),
  ];
  expect(verdict(objects, "192.168.0.1", "shop/web")).toBe("allowed");
});

test("without policyTypes a policy isolates ingress, and egress only if it has egress rules", () => {
  const silent = [...PODS, policy("shop/p", { podSelector: {}, egress: [] })];
  expect(verdict(silent, "ops/probe", "shop/web")).toBe("denied");
  expect(verdict(silent, "shop/web", "ops/probe")).toBe("allowed");
  const withRules = [...PODS, policy("shop/p", { podSelector: {}, egress: [{ ports: [{ port: 53 }] }] })];
  expect(verdict(withRules, "shop/web", "ops/probe")).toBe("denied");
});

test("rules of a direction that policyTypes does not list are ignored, with a note", () => {
  const rules = { policyTypes: ["Egress"], ingress: [{ ports: [{ port: 1 }] }], egress: [{}] };
  const objects = [...PODS, policy("shop/p", rules)];
  expect(verdict(objects, "ops/probe", "shop/web")).toBe("allowed");
  expect(notesOf(objects)).toEqual(["note rules-without-policy-type"]);
});

test("an absent or null podSelector selects every pod of the policy's own namespace", () => {
  for (const spec of [{}, { podSelector: null }, { podSelector: {} }]) {
    const objects = [...PODS, policy("shop/p", spec)];
    expect(verdict(objects, "ops/probe", "shop/db")).toBe("denied");
    expect(verdict(objects, "shop/db", "ops/probe")).toBe("allowed");
  }
});

test("no rules isolate; one empty rule allows everything; an empty list of peers or ports is no restriction", () => {
  const with_ = (ingress: unknown) => [...PODS, policy("shop/p", { ingress })];
  for (const none of [undefined, null, []]) expect(verdict(with_(none), "203.0.113.1", "shop/web")).toBe("denied");
  for (const open of [[{}], [null], [{ from: [] }], [{ from: null, ports: [] }]]) {
    expect(verdict(with_(open), "203.0.113.1", "shop/web", "SCTP/7")).toBe("allowed");
  }
});

test("an empty podSelector peer is the policy's namespace only, not everybody", () => {
  const objects = [...PODS, policy("shop/p", { ingress: [{ from: [{ podSelector: {} }] }] })];
  expect(verdict(objects, "shop/db", "shop/web")).toBe("allowed");
  expect(verdict(objects, "ops/probe", "shop/web")).toBe("denied");
  expect(verdict(objects, "203.0.113.1", "shop/web")).toBe("denied");
});

test("two selectors in one peer must both match; in two peers either", () => {
  const both = { namespaceSelector: { matchLabels: { team: "b" } }, podSelector: { matchLabels: { app: "db" } } };
  const { namespaceSelector, podSelector } = both;
  const and = [...PODS, policy("shop/p", { ingress: [{ from: [both] }] })];
  const or = [...PODS, policy("shop/p", { ingress: [{ from: [{ namespaceSelector }, { podSelector }] }] })];
  expect([verdict(and, "ops/probe", "shop/web"), verdict(and, "shop/db", "shop/web")]).toEqual(["denied", "denied"]);
  expect([verdict(or, "ops/probe", "shop/web"), verdict(or, "shop/db", "shop/web")]).toEqual(["allowed", "allowed"]);
});

test("a namespace always has its name as a label, also one that is not given", () => {
  const peer = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ops" } } };
  expect(verdict([WEB, OTHER, policy("shop/p", { ingress: [{ from: [peer] }] })], "ops/probe", "shop/web")).toBe(
    "allowed",
  );
});

test("NotIn and DoesNotExist match what lacks the key", () => {
  const peer = (matchExpressions: unknown) => [
    ...PODS,
    pod("shop/bare", {}),
    policy("shop/p", { ingress: [{ from: [{ podSelector: { matchExpressions } }] }] }),
  ];
  expect(verdict(peer([{ key: "app", operator: "NotIn", values: ["db"] }]), "shop/bare", "shop/web")).toBe("allowed");
  expect(verdict(peer([{ key: "app", operator: "DoesNotExist" }]), "shop/bare", "shop/web")).toBe("allowed");
  expect(verdict(peer([{ key: "app", operator: "Exists" }]), "shop/bare", "shop/web")).toBe("denied");
  expect(verdict(peer([{ key: "app", operator: "NotIn", values: ["db"] }]), "shop/db", "shop/web")).toBe("denied");
});

test("a port entry without protocol is TCP; one without port is every port of its protocol only", () => {
  const with_ = (ports: unknown) => [...PODS, policy("shop/p", { ingress: [{ ports }] })];
  const asked = ["TCP/80", "TCP/81", "UDP/80", "SCTP/80"];
  expect(openPorts(with_([{ port: 80 }]), "ops/probe", "shop/web", asked)).toEqual(["TCP/80"]);
  expect(openPorts(with_([{ protocol: "UDP" }]), "ops/probe", "shop/web", asked)).toEqual(["UDP/80"]);
  expect(openPorts(with_([{}]), "ops/probe", "shop/web", asked)).toEqual(["TCP/80", "TCP/81"]);
});

test("an SCTP rule is never widened to TCP, and still isolates TCP", () => {
  const objects = [...PODS, policy("shop/p", { ingress: [{ ports: [{ protocol: "SCTP", port: 80 }] }] })];
  expect(openPorts(objects, "ops/probe", "shop/web", ["TCP/80", "UDP/80", "SCTP/80"])).toEqual(["SCTP/80"]);
});

test("a named port is each destination's own, by name and protocol", () => {
  const egress = [...PODS, policy("ops/p", { policyTypes: ["Egress"], egress: [{ ports: [{ port: "http" }] }] })];
  const asked = ["TCP/8080", "TCP/9090", "UDP/8080"];
  expect(openPorts(egress, "ops/probe", "shop/web", asked)).toEqual(["TCP/8080"]);
  expect(openPorts(egress, "ops/probe", "shop/db", asked)).toEqual(["TCP/9090"]);
  expect(openPorts(egress, "ops/probe", "203.0.113.1", asked)).toEqual([]);
  const udp = [...PODS, policy("shop/p", { ingress: [{ ports: [{ protocol: "UDP", port: "http" }] }] })];
  expect(openPorts(udp, "ops/probe", "shop/web", asked)).toEqual([]);
});

test("a named port towards an address block means the pod that has the address", () => {
  const rule = { to: [{ ipBlock: { cidr: "10.1.0.0/24" } }], ports: [{ port: "http" }] };
  const objects = [...PODS, policy("ops/p", { policyTypes: ["Egress"], egress: [rule] })];
  expect(openPorts(objects, "ops/probe", "shop/web", ["TCP/8080", "TCP/9090"])).toEqual(["TCP/8080"]);
  expect(openPorts(objects, "ops/probe", "10.1.0.77", ["TCP/8080", "TCP/9090"])).toEqual([]);
});

test("a native sidecar's named ports count, a plain init container's do not", () => {
  const with_ = (restartPolicy: string | undefined) => {
    const side = { name: "side", image: "i", restartPolicy, ports: [{ name: "proxy", containerPort: 15_001 }] };
    const target = pod("shop/mesh", { spec: { initContainers: [side] } });
    return [target, OTHER, policy("shop/p", { ingress: [{ ports: [{ port: "proxy" }] }] })];
  };
  expect(verdict(with_("Always"), "ops/probe", "shop/mesh", "TCP/15001")).toBe("allowed");
  expect(verdict(with_(undefined), "ops/probe", "shop/mesh", "TCP/15001")).toBe("denied");
});

test("endPort is included; without a numeric port, or below it, the policy is refused", () => {
  const with_ = (port: object) => [...PODS, policy("shop/p", { ingress: [{ ports: [port] }] })];
  const asked = ["TCP/79", "TCP/80", "TCP/90", "TCP/91"];
  expect(openPorts(with_({ port: 80, endPort: 90 }), "ops/probe", "shop/web", asked)).toEqual(["TCP/80", "TCP/90"]);
  for (const bad of [
    { endPort: 90 },
    { port: "http", endPort: 90 },
    { port: 80, endPort: 79 },
    { port: 80, endPort: 70_000 },
  ]) {
    expect(notesOf(with_(bad))).toEqual(["refused invalid-port"]);
  }
});

test("an address block applies to pods' addresses; except is cut out of its own entry only", () => {
  const block = (cidr: string, except?: string[]) => ({
    ipBlock: { cidr, ...(except === undefined ? {} : { except }) },
  });
  const with_ = (...from: object[]) => [...PODS, policy("shop/p", { ingress: [{ from }] })];
  expect(verdict(with_(block("10.2.0.0/24")), "ops/probe", "shop/web")).toBe("allowed");
  expect(verdict(with_(block("10.2.0.0/24", ["10.2.0.1/32"])), "ops/probe", "shop/web")).toBe("denied");
  const again = with_(block("10.2.0.0/24", ["10.2.0.1/32"]), block("10.2.0.1/32"));
  expect(verdict(again, "ops/probe", "shop/web")).toBe("allowed");
});

test("policies add up, and both directions must allow the same port", () => {
  const objects = [
    ...PODS,
    policy("shop/a", { ingress: [{ ports: [{ port: 80 }] }] }),
    policy("shop/b", { podSelector: { matchLabels: { app: "web" } }, ingress: [{ ports: [{ port: 81 }] }] }),
    policy("ops/c", { policyTypes: ["Egress"], egress: [{ ports: [{ port: 81 }, { port: 82 }] }] }),
  ];
  expect(openPorts(objects, "ops/probe", "shop/web", ["TCP/80", "TCP/81", "TCP/82"])).toEqual(["TCP/81"]);
  expect(openPorts(objects, "203.0.113.1", "shop/web", ["TCP/80", "TCP/81", "TCP/82"])).toEqual(["TCP/80", "TCP/81"]);
});

test("a pod always reaches itself by its own address", () => {
  expect(verdict([...PODS, policy("shop/p", { policyTypes: ["Ingress", "Egress"] })], "shop/web", "shop/web")).toBe(
    "allowed",
  );
});

test("a node reaches the pods that run on it, other nodes are ordinary addresses, an unknown node leaves it open", () => {
  const node = (name: string, address: string) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
    status: { addresses: [{ type: "InternalIP", address }] },
  });
  const deny = policy("shop/p", { policyTypes: ["Ingress", "Egress"] });
  const objects = [
    node("n1", "192.168.0.1"),
    node("n2", "192.168.0.2"),
    pod("shop/here", { spec: { nodeName: "n1" } }),
    pod("shop/somewhere"),
    deny,
  ];
  expect(verdict(objects, "192.168.0.1", "shop/here")).toBe("allowed");
  expect(verdict(objects, "192.168.0.2", "shop/here")).toBe("denied");
  expect(verdict(objects, "192.168.0.1", "shop/somewhere")).toBe("depends ownNode");
  expect(verdict(objects, "shop/here", "192.168.0.1")).toBe("denied");
});

test("a host-network pod is a pod for some plugins and its node for others", () => {
  const host = pod("ops/agent", {
    labels: { app: "agent" },
    ip: "192.168.0.9",
    spec: { hostNetwork: true, nodeName: "n9" },
  });
  const target = pod("shop/web", { labels: { app: "web" }, spec: { nodeName: "n1" } });
  const selector = { namespaceSelector: {}, podSelector: { matchLabels: { app: "agent" } } };
  const byLabel = policy("shop/p", { ingress: [{ from: [selector] }] });
  const byAddress = policy("shop/q", { ingress: [{ from: [{ ipBlock: { cidr: "192.168.0.9/32" } }] }] });
  expect(verdict([host, target, byLabel], "ops/agent", "shop/web")).toBe("depends hostNetwork");
  expect(verdict([host, target, byLabel, byAddress], "ops/agent", "shop/web")).toBe("allowed");
  expect(verdict([host, target, policy("shop/p", {})], "ops/agent", "shop/web")).toBe("denied");
  expect(verdict([host, target, policy("ops/p", {})], "shop/web", "ops/agent")).toBe("depends hostNetwork");
  expect(verdict([host, target], "shop/web", "ops/agent")).toBe("allowed");
});

test("finished pods have given their address back", () => {
  const done = pod("shop/job", { ip: "10.1.0.1", status: { phase: "Succeeded" } });
  const live = pod("shop/web", { labels: { app: "web" }, ip: "10.1.0.1" });
  const asked = network([live, done, OTHER]);
  expect(asked.podNamed("shop", "job")).toBeUndefined();
  expect(asked.world.podAt.get(0x0a010001)?.name).toBe("web");
});

test("an address block leaves the answer open for a pod without a known address, unless it covers or misses them all", () => {
  const unknown = pod("ops/new", { ip: [] });
  const from = (cidr: string) => [WEB, unknown, policy("shop/p", { ingress: [{ from: [{ ipBlock: { cidr } }] }] })];
  expect(verdict(from("10.0.0.0/8"), "ops/new", "shop/web")).toBe("depends unknownAddress");
  expect(verdict(from("0.0.0.0/0"), "ops/new", "shop/web")).toBe("allowed");
  const podCidrs = [0x0a020000, 0x0a030000];
  expect(verdict(network(from("10.2.0.0/15"), { podCidrs }), "ops/new", "shop/web")).toBe("allowed");
  expect(verdict(network(from("10.4.0.0/15"), { podCidrs }), "ops/new", "shop/web")).toBe("denied");
  expect(verdict(network(from("10.2.0.0/24"), { podCidrs }), "ops/new", "shop/web")).toBe("depends unknownAddress");
});

test("ends without a common address family do not meet", () => {
  const objects = [
    pod("a/four", { ip: "10.0.0.1" }),
    pod("a/six", { ip: "fd00::1" }),
    pod("a/both", { ip: ["10.0.0.2", "fd00::2"] }),
  ];
  expect(verdict(objects, "a/four", "a/six")).toBe("denied");
  expect(verdict(objects, "a/four", "a/both")).toBe("allowed");
  expect(verdict(objects, "a/six", "a/both")).toBe("allowed");
});

test("IPv6 blocks match IPv6 addresses and nothing of IPv4", () => {
  const objects = [
    pod("a/six", { ip: "fd00::1" }),
    pod("a/four", { ip: "32.1.13.184" }),
    pod("b/both", { ip: ["10.0.0.2", "fd00::2"] }),
    policy("b/p", { ingress: [{ from: [{ ipBlock: { cidr: "fd00::/8", except: ["fd00::1:0/112"] } }] }] }),
    policy("b/q", { ingress: [{ from: [{ ipBlock: { cidr: "2001:db8::/32" } }] }] }),
  ];
  expect(verdict(objects, "a/six", "b/both")).toBe("allowed");
  expect(verdict(objects, "fd00::1:5", "b/both")).toBe("denied");
  expect(verdict(objects, "a/four", "b/both")).toBe("denied");
  expect(verdict(objects, "2001:db8:1::9", "b/both")).toBe("allowed");
});

test("what the API server refuses takes no part, and says so", () => {
  const with_ = (spec: Record<string, unknown>) => [...PODS, policy("shop/p", spec)];
  const from = (peer: unknown) => with_({ ingress: [{ from: [peer] }] });
  const cases: readonly (readonly [object[], string])[] = [
    [from({}), "invalid-peer"],
    [from(null), "invalid-peer"],
    [from({ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }), "invalid-peer"],
    [from({ ipBlock: { cidr: "10.0.0.0" } }), "invalid-cidr"],
    [from({ ipBlock: { cidr: "10.0.0.0/33" } }), "invalid-cidr"],
    [from({ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/9"] } }), "except-outside-cidr"],
    [from({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/8"] } }), "except-outside-cidr"],
    [from({ podSelector: { matchExpressions: [{ key: "a", operator: "Near", values: ["b"] }] } }), "invalid-selector"],
    [from({ podSelector: { matchExpressions: [{ key: "a", operator: "In", values: [] }] } }), "invalid-selector"],
    [
      from({ podSelector: { matchExpressions: [{ key: "a", operator: "Exists", values: ["b"] }] } }),
      "invalid-selector",
    ],
    [from({ podSelector: { matchLabels: { "not a key": "b" } } }), "invalid-selector"],
    [with_({ policyTypes: ["Inwards"] }), "invalid-policy-type"],
    [with_({ ingress: [{ ports: [{ protocol: "ICMP" }] }] }), "invalid-port"],
    [with_({ ingress: [{ ports: [{ port: 0 }] }] }), "invalid-port"],
    [with_({ ingress: [{ ports: [{ port: "80" }] }] }), "invalid-port"],
    [with_({ ingress: "all" }), "malformed-field"],
  ];
  for (const [objects, code] of cases) {
    expect(notesOf(objects)).toEqual([`refused ${code}`]);
    expect(verdict(objects, "ops/probe", "shop/web")).toBe("allowed");
  }
});

test("what old objects may still have is read as the API server reads it, with a warning", () => {
  const from = (cidr: string) => [...PODS, policy("shop/p", { ingress: [{ from: [{ ipBlock: { cidr } }] }] })];
  expect(notesOf(from("10.2.0.77/24"))).toEqual(["warning cidr-host-bits"]);
  expect(verdict(from("10.2.0.77/24"), "ops/probe", "shop/web")).toBe("allowed");
  expect(notesOf(from("010.002.000.000/24"))).toEqual(["warning cidr-notation"]);
  expect(verdict(from("010.002.000.000/24"), "ops/probe", "shop/web")).toBe("allowed");
});

test("a policy without a name would be refused; with one that no object may have it is read, with a note", () => {
  const named = (metadata: object) => ({ ...policy("shop/p", {}), metadata: { namespace: "shop", ...metadata } });
  for (const name of ["A_b", "a/b", "x".repeat(254)]) {
    expect(notesOf([...PODS, named({ name })])).toEqual(["warning invalid-name"]);
    expect(verdict([...PODS, named({ name })], "ops/probe", "shop/web")).toBe("denied");
  }
  for (const metadata of [{}, { name: "" }]) {
    const objects = [...PODS, named(metadata)];
    expect(notesOf(objects)).toEqual(["refused invalid-name"]);
    expect(verdict(objects, "ops/probe", "shop/web")).toBe("allowed");
  }
  for (const metadata of [{ name: "a.b-1" }, { generateName: "deny-" }]) {
    expect(verdict([...PODS, named(metadata)], "ops/probe", "shop/web")).toBe("denied");
  }
});

test("a field that the API does not have is dropped, and named", () => {
  const mistyped = {
    ingress: [{ form: [{ podSelector: {} }] }],
    ingres: [],
    podSelector: { matchLabel: { app: "web" } },
  };
  const objects = [...PODS, policy("shop/p", mistyped)];
  expect(verdict(objects, "203.0.113.1", "shop/web")).toBe("allowed");
  expect(network(objects).diagnostics.map(({ code, path }) => [code, path.join(".")])).toEqual([
    ["unknown-field", "spec.ingress.0.form"],
    ["unknown-field", "spec.ingres"],
    ["unknown-field", "spec.podSelector.matchLabel"],
  ]);
  expect(notesOf([...PODS, { ...policy("shop/p", {}), specs: {} }])).toEqual(["note unknown-field"]);
  const full = { podSelector: { matchExpressions: [{ key: "a", operator: "Exists" }] }, policyTypes: ["Ingress"] };
  const ports = [{ protocol: "TCP", port: 1, endPort: 2 }];
  const from = [
    { podSelector: {}, namespaceSelector: {} },
    { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
  ];
  expect(notesOf([...PODS, policy("shop/p", { ...full, ingress: [{ from, ports }] })])).toEqual([]);
});
