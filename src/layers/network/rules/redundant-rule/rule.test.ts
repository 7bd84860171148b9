import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const from = (app: string): object => ({ podSelector: { matchLabels: { app } } });
const smallest = (objects: readonly object[]): unknown => judge(rule, objects).findings[0]?.arguments["smallest"];

test("a peer that the rules together contain is named alone, with the smallest spec that says the same", () => {
  const found = judge(rule, [
    policyOf("p", {
      ingress: [
        { from: [from("a"), from("b")], ports: [{ port: 80 }, { port: 81 }] },
        { from: [from("a")], ports: [{ port: 1, endPort: 80 }] },
        { from: [from("a")], ports: [{ port: 81, endPort: 99 }] },
      ],
    }),
  ]);
  expect(found.findings.map(({ arguments: values }) => [values["place"], values["others"]])).toEqual([
    ["ingress[0].from[0]", "ingress[1], ingress[2]"],
  ]);
  expect(found.findings[0]?.arguments["smallest"]).toBe(
    "{podSelector: {}, policyTypes: [Ingress], ingress: [" +
      "{from: [{podSelector: {matchLabels: {app: b}}}], ports: [{protocol: TCP, port: 80, endPort: 81}]}, " +
      "{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{protocol: TCP, port: 1, endPort: 99}]}]}",
  );
});

test("CIDRs are joined, and a rule for everybody leaves no peer", () => {
  const block = (cidr: string): object => ({ ipBlock: { cidr } });
  const halves = [block("10.0.0.0/9"), block("10.128.0.0/9"), block("10.1.0.0/16")];
  expect(smallest([policyOf("p", { egress: [{ to: halves }], policyTypes: ["Egress"] })])).toBe(
    '{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "10.0.0.0/8"}}]}]}',
  );
  expect(smallest([policyOf("p", { ingress: [{ from: [from("a")], ports: [{ port: 80 }] }, {}] })])).toBe(
    "{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}",
  );
});

test("rules of other policies count where they are for the same pods", () => {
  const one = policyOf("one", { ingress: [{ from: [from("a")] }] });
  const narrow = (podSelector: object): object =>
    policyOf("two", { podSelector, ingress: [{ from: [from("a")], ports: [{ port: 80 }] }, { from: [from("b")] }] });
  expect(
    judge(rule, [one, narrow({ matchLabels: { app: "web" } })]).findings.map(({ arguments: { place, others } }) => [
      place,
      others,
    ]),
  ).toEqual([["ingress[0]", "one ingress[0]"]]);
  const forSome = policyOf("one", { podSelector: { matchLabels: { app: "web" } }, ingress: [{ from: [from("a")] }] });
  expect(judge(rule, [forSome, narrow({})]).found).toEqual([]);
});

test("policies for the same pods become one", () => {
  const one = policyOf("one", { ingress: [{ from: [from("a")] }] });
  const two = policyOf("two", { ingress: [{ from: [from("a")], ports: [{ port: 80 }] }, { from: [from("b")] }] });
  const [finding] = judge(rule, [one, two]).findings;
  expect([finding?.arguments["policies"], finding?.arguments["smallest"]]).toEqual([
    "two, one",
    "{podSelector: {}, policyTypes: [Ingress], ingress: [" +
      "{from: [{podSelector: {matchLabels: {app: b}}}, {podSelector: {matchLabels: {app: a}}}]}]}",
  ]);
});

test("a peer is not contained because no pod of the input tells it apart", () => {
  const ingress = [{ from: [from("web")] }, { from: [{ podSelector: { matchLabels: { app: "web", tier: "x" } } }] }];
  expect(judge(rule, [policyOf("p", { ingress })]).found).toEqual(["NetworkPolicy/p: ingress app=web, tier=x *"]);
  const others = [
    { from: [from("web")] },
    { from: [{ namespaceSelector: {}, podSelector: { matchLabels: { tier: "x" } } }] },
  ];
  expect(judge(rule, [policyOf("p", { ingress: others })]).found).toEqual([]);
});

test("addresses and pods are never taken for one another, nor a name for a number", () => {
  const everybody = [{ ipBlock: { cidr: "0.0.0.0/0" } }, { ipBlock: { cidr: "::/0" } }];
  expect(judge(rule, [policyOf("p", { ingress: [{ from: everybody }, { from: [from("a")] }] })]).found).toEqual([]);
  const ports = (port: number | string): object => ({ from: [from("a")], ports: [{ port }] });
  expect(judge(rule, [policyOf("p", { ingress: [ports(80), ports("http")] })]).found).toEqual([]);
  const all = [ports("http"), { from: [from("a")], ports: [{ protocol: "TCP" }] }];
  expect(judge(rule, [policyOf("p", { ingress: all })]).found).toEqual(["NetworkPolicy/p: ingress app=a TCP http"]);
});

test("a rule of a tier is redundant when the rules after it do the same", () => {
  const from = [{ namespaces: {} }];
  const policy = (ingress: readonly object[]): object => ({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "c" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, ingress },
  });
  const some = [{ namespaces: { matchLabels: { team: "a" } } }];
  const said = (ingress: readonly object[]): readonly unknown[] =>
    judge(rule, [policy(ingress)]).findings.map(({ arguments: { place, others } }) => [place, others]);
  expect(
    said([
      { action: "Deny", from: some },
      { action: "Deny", from },
    ]),
  ).toEqual([["ingress[0]", "ingress[1]"]]);
  expect(said([{ action: "Pass", from }])).toEqual([]); // network/rule-as-default
  expect(
    said([
      { action: "Pass", from: some },
      { action: "Deny", from },
    ]),
  ).toEqual([]);
  expect(
    said([
      { action: "Accept", from: some },
      { action: "Deny", from: some },
      { action: "Accept", from },
    ]),
  ).toEqual([]);
});
