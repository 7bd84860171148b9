// ClusterNetworkPolicy v1alpha2 and its forerunners: tiers, order, Pass, failing closed.

import { expect, test } from "vitest";
import { clusterPolicy, namespace, notesOf, openPorts, pod, policy, verdict } from "../../../test/network/build.ts";

const PODS = [
  namespace("shop", { team: "a" }),
  namespace("ops", { team: "b" }),
  pod("shop/web", { labels: { app: "web" }, ip: "10.1.0.1", ports: [{ name: "http", containerPort: 8080 }] }),
  pod("ops/probe", { labels: { app: "probe" }, ip: "10.2.0.1" }),
];
const ops = { namespaces: { matchLabels: { team: "b" } } };
const rule = (action: string, more: object = {}) => ({ action, from: [ops], ...more });

test("the first rule that matches decides, and an Admin policy goes before NetworkPolicies", () => {
  const accept = clusterPolicy("p", { ingress: [rule("Accept"), rule("Deny")] });
  const deny = clusterPolicy("p", { ingress: [rule("Deny"), rule("Accept")] });
  expect(verdict([...PODS, accept, policy("shop/deny", {})], "ops/probe", "shop/web")).toBe("allowed");
  expect(verdict([...PODS, deny, policy("shop/open", { ingress: [{}] })], "ops/probe", "shop/web")).toBe("denied");
});

test("lower priority numbers are asked first", () => {
  const objects = [
    ...PODS,
    clusterPolicy("late", { priority: 5, ingress: [rule("Accept")] }),
    clusterPolicy("early", { priority: 4, ingress: [rule("Deny")] }),
  ];
  expect(verdict(objects, "ops/probe", "shop/web")).toBe("denied");
});

test("Pass leaves the tier; NetworkPolicies decide, and only without one Baseline", () => {
  const pass = clusterPolicy("pass", { priority: 1, ingress: [rule("Pass")] });
  const never = clusterPolicy("never", { priority: 2, ingress: [rule("Deny")] });
  const baseline = clusterPolicy("base", { tier: "Baseline", ingress: [rule("Deny")] });
  expect(verdict([...PODS, pass, never], "ops/probe", "shop/web")).toBe("allowed");
  expect(verdict([...PODS, pass, never, baseline], "ops/probe", "shop/web")).toBe("denied");
  const open = policy("shop/open", { ingress: [{ ports: [{ port: 80 }] }] });
  expect(verdict([...PODS, pass, never, baseline, open], "ops/probe", "shop/web")).toBe("allowed");
  expect(verdict([...PODS, pass, never, baseline, open], "ops/probe", "shop/web", "TCP/81")).toBe("denied");
});

test("Pass in Baseline, and no match anywhere, allow", () => {
  const baseline = clusterPolicy("base", { tier: "Baseline", ingress: [rule("Pass"), rule("Deny")] });
  expect(verdict([...PODS, baseline], "ops/probe", "shop/web")).toBe("allowed");
  expect(verdict(PODS, "ops/probe", "shop/web")).toBe("allowed");
});

test("equal priorities that contradict each other leave the answer open, agreeing ones do not", () => {
  const one = clusterPolicy("one", { ingress: [rule("Accept")] });
  const other = clusterPolicy("other", {
    ingress: [rule("Deny", { protocols: [{ tcp: { destinationPort: { number: 80 } } }] })],
  });
  expect(verdict([...PODS, one, other], "ops/probe", "shop/web")).toBe("depends equalPriority");
  expect(verdict([...PODS, one, other], "ops/probe", "shop/web", "TCP/81")).toBe("allowed");
});

test("a rule without protocols is about everything, ports are ranges or names of the destination", () => {
  const deny = (protocols: object[]) => [...PODS, clusterPolicy("p", { ingress: [rule("Deny", { protocols })] })];
  const asked = ["TCP/80", "TCP/85", "TCP/8080", "UDP/80", "UDP/8080"];
  const range = { destinationPort: { range: { start: 80, end: 85 } } };
  expect(openPorts(deny([{ tcp: range }]), "ops/probe", "shop/web", asked)).toEqual(["TCP/8080", "UDP/80", "UDP/8080"]);
  expect(openPorts(deny([{ destinationNamedPort: "http" }]), "ops/probe", "shop/web", asked)).toEqual([
    "TCP/80",
    "TCP/85",
    "UDP/80",
    "UDP/8080",
  ]);
  expect(openPorts([...PODS, clusterPolicy("p", { ingress: [rule("Deny")] })], "ops/probe", "shop/web", asked)).toEqual(
    [],
  );
});

test("networks match pods by address, and a Pass for pods before them lets pods through", () => {
  const networks = { action: "Deny", to: [{ networks: ["0.0.0.0/0", "::/0"] }] };
  const deny = clusterPolicy("deny", { egress: [networks] });
  const spare = clusterPolicy("deny", { egress: [{ action: "Pass", to: [{ namespaces: {} }] }, networks] });
  expect(verdict([...PODS, deny], "ops/probe", "shop/web")).toBe("denied");
  expect(verdict([...PODS, spare], "ops/probe", "shop/web")).toBe("allowed");
  expect(verdict([...PODS, spare], "ops/probe", "203.0.113.1")).toBe("denied");
});

test("node peers stand for every address of the nodes", () => {
  const node = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "n1", labels: { zone: "x" } },
    status: {
      addresses: [
        { type: "Hostname", address: "n1" },
        { type: "ExternalIP", address: "198.51.100.7" },
      ],
    },
  };
  const deny = clusterPolicy("deny", { egress: [{ action: "Deny", to: [{ nodes: { matchLabels: { zone: "x" } } }] }] });
  expect(verdict([...PODS, node, deny], "ops/probe", "198.51.100.7")).toBe("denied");
  expect(verdict([...PODS, node, deny], "ops/probe", "198.51.100.8")).toBe("allowed");
});

test("host-network pods are neither subject nor pod peer", () => {
  const host = pod("ops/agent", { ip: "192.168.0.9", spec: { hostNetwork: true, nodeName: "n9" } });
  const deny = clusterPolicy("deny", { ingress: [{ action: "Deny", from: [{ namespaces: {} }] }] });
  expect(verdict([...PODS, host, deny], "ops/agent", "shop/web")).toBe("allowed");
  expect(verdict([...PODS, host, deny], "ops/probe", "ops/agent")).toBe("allowed");
});

test("domain names may be any address outside, and no pod", () => {
  const objects = [
    ...PODS,
    clusterPolicy("a", { priority: 1, egress: [{ action: "Accept", to: [{ domainNames: ["*.example.org"] }] }] }),
    clusterPolicy("b", { priority: 2, egress: [{ action: "Deny", to: [{ networks: ["0.0.0.0/0"] }] }] }),
  ];
  expect(verdict(objects, "ops/probe", "203.0.113.1")).toBe("depends domainName");
  expect(verdict(objects, "ops/probe", "shop/web")).toBe("denied");
});

test("a rule with an unknown part fails closed: Accept takes nothing, Deny and Pass deny everything", () => {
  const unknown = (action: string, part: object) => [
    ...PODS,
    clusterPolicy("p", { ingress: [{ ...rule(action), ...part }] }),
  ];
  for (const part of [
    { from: [ops, {}] },
    { from: [{ services: {} }] },
    { protocols: [{ quic: {} }] },
    { protocols: [{ tcp: { destinationPort: {} } }] },
    { protocols: [{ tcp: {} }] },
  ]) {
    expect(verdict([...unknown("Accept", part), policy("shop/deny", {})], "ops/probe", "shop/web")).toBe("denied");
    expect(verdict(unknown("Deny", part), "203.0.113.1", "shop/web", "UDP/9")).toBe("denied");
    expect(verdict(unknown("Pass", part), "203.0.113.1", "shop/web", "UDP/9")).toBe("denied");
    expect(notesOf(unknown("Deny", part))).toEqual(["warning failed-closed"]);
  }
});

test("domain names have two labels at least, and a star for whole labels in front of them only", () => {
  const notes = (name: string) =>
    notesOf([...PODS, clusterPolicy("p", { egress: [{ action: "Accept", to: [{ domainNames: [name] }] }] })]);
  for (const name of ["shop.example", "*.shop.example", "shop.example."])
    expect(notes(name)).toEqual(["note domain-names"]);
  for (const name of ["*", "local", "a.*.example", "*shop.example", ""])
    expect(notes(name)).toContain("refused invalid-peer");
});

test("what the CRD refuses takes no part, and says so", () => {
  const port80 = { tcp: { destinationPort: { number: 80 } } };
  const range = (start: number, end: number) => ({ tcp: { destinationPort: { range: { start, end } } } });
  const cases: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ tier: "Top" }, "invalid-tier"],
    [{ priority: 1001 }, "invalid-priority"],
    [{ priority: null }, "invalid-priority"],
    [{ subject: {} }, "invalid-subject"],
    [{ subject: { namespaces: {}, pods: { podSelector: {} } } }, "invalid-subject"],
    [{ ingress: [rule("Reject")] }, "invalid-action"],
    [{ ingress: [{ action: "Deny", from: [] }] }, "invalid-peer"],
    [{ ingress: [{ action: "Deny", from: [{ namespaces: {}, pods: { podSelector: {} } }] }] }, "invalid-peer"],
    [{ egress: [{ action: "Deny", to: [{ networks: ["10.0.0.0"] }] }] }, "invalid-cidr"],
    [{ ingress: [rule("Allow")] }, "invalid-action"],
    [{ ingress: [{ ...rule("Deny"), name: "n".repeat(101) }] }, "invalid-name"],
    [{ ingress: [{ ...rule("Deny"), protocols: [{ ...port80, udp: port80.tcp }] }] }, "invalid-port"],
    [{ ingress: [{ ...rule("Deny"), protocols: [{ ...port80, destinationNamedPort: "http" }] }] }, "invalid-port"],
    [{ ingress: [{ ...rule("Deny"), protocols: [range(80, 80)] }] }, "invalid-port"],
    [{ ingress: Array.from({ length: 26 }, () => rule("Deny")) }, "too-many-items"],
    [{ ingress: [{ action: "Deny", from: Array.from({ length: 26 }, () => ops) }] }, "too-many-items"],
    [{ subject: { pods: { namespaceSelector: {} } } }, "invalid-selector"],
    [{ egress: [{ action: "Deny", to: [{ networks: [] }] }] }, "invalid-peer"],
    [
      {
        egress: [{ action: "Deny", to: [{ networks: ["0.0.0.0/0"] }], protocols: [{ destinationNamedPort: "http" }] }],
      },
      "invalid-port",
    ],
  ];
  for (const [spec, code] of cases) {
    const objects = [...PODS, clusterPolicy("p", { ingress: [rule("Deny")], ...spec })];
    expect(notesOf(objects)).toEqual([`refused ${code}`]);
    expect(verdict(objects, "ops/probe", "shop/web")).toBe("allowed");
  }
});

test("AdminNetworkPolicy and its Baseline are read by conversion", () => {
  const old = (kind: string, name: string, spec: object) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha1",
    kind,
    metadata: { name },
    spec: { subject: { namespaces: {} }, ...spec },
  });
  const ports = [
    { portNumber: { port: 80 } },
    { portRange: { protocol: "UDP", start: 53, end: 54 } },
    { namedPort: "http" },
  ];
  const admin = old("AdminNetworkPolicy", "a", { priority: 3, ingress: [{ action: "Allow", from: [ops], ports }] });
  const base = old("BaselineAdminNetworkPolicy", "default", { ingress: [{ action: "Deny", from: [ops] }] });
  const asked = ["TCP/80", "UDP/80", "UDP/54", "TCP/8080", "TCP/81"];
  expect(openPorts([...PODS, admin, base], "ops/probe", "shop/web", asked)).toEqual(["TCP/80", "UDP/54", "TCP/8080"]);
  expect(openPorts([...PODS, base], "ops/probe", "shop/web", asked)).toEqual([]);
  const accept = old("AdminNetworkPolicy", "a", { priority: 3, ingress: [{ action: "Accept", from: [ops] }] });
  expect(notesOf([...PODS, accept])).toEqual(["refused invalid-action"]);
});

test("kinds and versions that are not modelled are named", () => {
  const cilium = { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "c", namespace: "a" } };
  const ancient = { apiVersion: "extensions/v1beta1", kind: "NetworkPolicy", metadata: { name: "c", namespace: "a" } };
  expect(notesOf([cilium, ancient])).toEqual(["note foreign-policy", "refused unserved-version"]);
});
