import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const need = (key: string, operator: string, ...values: readonly string[]): object => ({
  key,
  operator,
  ...(values.length > 0 && { values }),
});
const places = (spec: object): readonly unknown[] =>
  judge(rule, [policyOf("p", spec)]).findings.map(({ arguments: { place } }) => place);
const peer = (...matchExpressions: readonly object[]): object => ({
  ingress: [{ from: [{ podSelector: { matchExpressions } }, { podSelector: {} }] }],
});

test("requirements on one label are taken together", () => {
  expect(places(peer(need("a", "In", "x", "y"), need("a", "In", "z")))).toEqual(["ingress[0].from[0]"]);
  expect(places(peer(need("a", "Exists"), need("a", "DoesNotExist")))).toEqual(["ingress[0].from[0]"]);
  expect(places(peer(need("a", "In", "x", "y"), need("a", "NotIn", "x")))).toEqual([]);
  expect(places(peer(need("a", "Exists"), need("a", "NotIn", "x")))).toEqual([]);
  expect(places(peer(need("a", "DoesNotExist"), need("a", "NotIn", "x")))).toEqual([]);
});

test("a subject that nothing satisfies is said once", () => {
  const podSelector = { matchLabels: { a: "x" }, matchExpressions: [need("a", "NotIn", "x")] };
  expect(places({ podSelector, ingress: [{}] })).toEqual(["podSelector"]);
});

test("every namespace has its name, and exceptions may use up a range", () => {
  const nameless = { namespaceSelector: { matchExpressions: [need("kubernetes.io/metadata.name", "DoesNotExist")] } };
  expect(places({ ingress: [{ from: [nameless] }] })).toEqual(["ingress[0]"]);
  const used = { ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/9", "10.128.0.0/9"] } };
  expect(places({ ingress: [{ from: [used] }] })).toEqual(["ingress[0]"]);
});
