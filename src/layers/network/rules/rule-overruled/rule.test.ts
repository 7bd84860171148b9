import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

function admin(ingress: readonly object[]): object {
  return {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "admin" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, ingress },
  };
}
const pods = [deploymentOf("web"), deploymentOf("api")];
const from = (...peers: readonly object[]): object =>
  policyOf("p", { ingress: [{ from: peers, ports: [{ port: 80 }] }] });
const api = { podSelector: { matchLabels: { app: "api" } } };
const places = (objects: readonly object[]): readonly unknown[] =>
  judge(rule, [...pods, ...objects]).findings.map(({ arguments: { place, others } }) => [place, others]);
const everybody = [{ namespaces: {} }];

test("accepting overrules as denying does, passing on does not, and every port counts", () => {
  for (const action of ["Accept", "Deny"])
    expect(places([from(api), admin([{ action, from: everybody }])])).toEqual([["ingress[0]", "admin"]]);
  expect(places([from(api), admin([{ action: "Pass", from: everybody }])])).toEqual([]);
  const some = { action: "Deny", from: everybody, protocols: [{ tcp: { destinationPort: { number: 80 } } }] };
  expect(places([from(api), admin([some])])).toEqual([["ingress[0]", "admin"]]);
  expect(places([policyOf("p", { ingress: [{ from: [api] }] }), admin([some])])).toEqual([]);
});

test("addresses outside are not pods, and only the peers that are overruled are named", () => {
  const outside = { ipBlock: { cidr: "203.0.113.0/24" } };
  expect(places([from(api, outside), admin([{ action: "Deny", from: everybody }])])).toEqual([
    ["ingress[0].from[0]", "admin"],
  ]);
  expect(places([policyOf("p", { ingress: [{}] }), admin([{ action: "Deny", from: everybody }])])).toEqual([]);
});
