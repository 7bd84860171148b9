import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const web = deploymentOf("web");
const service = (spec: object = {}): object =>
  objectOf("Service", "web", { spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }], ...spec } });
const said = (...objects: readonly object[]): readonly unknown[] =>
  judge(rule, objects).findings.map(({ resource, arguments: { doors, ports } }) => [resource.name, doors, ports]);
const open = [["web", "Service web", "TCP 8080"]];

test("Services open doors by their type and addresses, for named sources not to everybody", () => {
  expect(said(web, service({ type: "NodePort" }))).toEqual(open);
  expect(said(web, service({ type: "LoadBalancer" }))).toEqual(open);
  expect(said(web, service({ externalIPs: ["203.0.113.7"] }))).toEqual(open);
  expect(said(web, service())).toEqual([]);
  expect(said(web, service({ type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] }))).toEqual([]);
  expect(said(web, service({ type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8", "::/0"] }))).toEqual(open);
  const byAnnotation = {
    ...service({ type: "LoadBalancer" }),
    metadata: {
      name: "web",
      namespace: "default",
      annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "203.0.113.0/24, 198.51.100.0/24" },
    },
  };
  expect(said(web, byAnnotation)).toEqual([]);
  const annotations = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
  const internal = {
    ...service({ type: "LoadBalancer" }),
    metadata: { name: "web", namespace: "default", annotations },
  };
  expect(said(web, internal)).toEqual([]);
});

test("a policy that keeps the outside out closes the door", () => {
  const only = (from: object): object => policyOf("p", { ingress: [{ from: [from] }] });
  expect(said(web, service({ type: "NodePort" }), only({ podSelector: {} }))).toEqual([]);
  expect(said(web, service({ type: "NodePort" }), only({ ipBlock: { cidr: "0.0.0.0/0" } }))).toEqual(open);
  expect(said(web, service({ type: "NodePort" }), only({ ipBlock: { cidr: "::/0" } }))).toEqual(open);
  const most = { ipBlock: { cidr: "0.0.0.0/0", except: ["8.8.8.8/32"] } };
  expect(said(web, service({ type: "LoadBalancer" }), only(most))).toEqual(open);
});

test("routes of every kind lead to the pods behind their Services, and the chain is the evidence", () => {
  for (const kind of ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"]) {
    const rules = [{ backendRefs: [{ name: "web", port: 80 }] }];
    const route = objectOf(`gateway.networking.k8s.io/v1 ${kind}`, "r", {
      spec: { parentRefs: [{ name: "g" }], rules },
    });
    expect(said(web, service(), route)).toEqual([["web", `${kind} r`, "TCP 8080"]]);
    const policy = policyOf("p", { ingress: [{ ports: [{ port: 8080 }] }] });
    const [finding] = judge(rule, [web, service(), route, policy]).findings;
    expect(finding?.evidence.map(({ resource }) => resource?.kind)).toEqual([
      undefined,
      kind,
      "Service",
      "NetworkPolicy",
    ]);
  }
});

test("routes take the endpoints of a Service as they are listed, mirrored requests too, and nothing of weight 0", () => {
  const headless = service({ clusterIP: "None" });
  const ingress = objectOf("networking.k8s.io/v1 Ingress", "i", {
    spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
  });
  const admits = policyOf("p", { ingress: [{ ports: [{ port: 8080 }] }] });
  expect(said(web, headless, ingress, admits)).toEqual([["web", "Ingress i", "TCP 8080"]]);
  const route = (rule: object, kind = "Gateway"): object =>
    objectOf("gateway.networking.k8s.io/v1 HTTPRoute", "r", {
      spec: { parentRefs: [{ name: "g", kind }], rules: [rule] },
    });
  const through = [["web", "HTTPRoute r", "TCP 8080"]];
  const ref = { name: "web", port: 80 };
  expect(said(web, service(), route({ backendRefs: [ref] }, "ListenerSet"))).toEqual(through);
  expect(said(web, service(), route({ backendRefs: [ref] }, "Service"))).toEqual([]);
  expect(said(web, service(), route({ backendRefs: [{ ...ref, weight: 0 }] }))).toEqual([]);
  expect(said(web, service(), route({ filters: [{ requestMirror: { backendRef: ref } }] }))).toEqual(through);
});

test("ports of the node, and the node's network, are doors", () => {
  const pod = (port: object, spec: object = {}): object =>
    deploymentOf("web", { ...spec, containers: [{ name: "main", image: "app", ports: [port] }] });
  expect(said(pod({ containerPort: 80, hostPort: 8080 }))).toEqual([["web", "hostPort 8080", "TCP 80"]]);
  expect(said(pod({ containerPort: 80, hostPort: 8080 }), policyOf("deny", {}))).toEqual([]);
  expect(said(pod({ containerPort: 80, hostPort: 8080, hostIP: "127.0.0.1" }))).toEqual([]);
  expect(said(pod({ containerPort: 80 }, { hostNetwork: true }))).toEqual([["web", "hostNetwork", "TCP 80"]]);
  expect(said(pod({ containerPort: 80 }))).toEqual([]);
});
