import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const pod = (name: string, ...ports: readonly object[]): object =>
  deploymentOf(name, { containers: [{ name: "main", image: "app", ports }] });
const same = { podSelector: {} };
const narrower = (...objects: readonly object[]): readonly unknown[] =>
  judge(rule, objects).findings.map(({ arguments: values }) => [
    values["ports"],
    values["workloads"],
    values["narrower"],
  ]);
const policy = (ports?: readonly object[]): object =>
  policyOf("p", { ingress: [{ from: [same], ...(ports && { ports }) }] });

test("what the pods declare together is enough", () => {
  const pods = [pod("web", { containerPort: 80 }), pod("dns", { containerPort: 53, protocol: "UDP" })];
  expect(narrower(...pods, policy())).toEqual([["*", 2, "[{port: 80}, {protocol: UDP, port: 53}]"]]);
  expect(narrower(...pods, policy([{ port: 1, endPort: 1000 }]))).toEqual([["TCP 1-1000", 2, "[{port: 80}]"]]);
  const ranges = [
    { port: 1000, endPort: 2000 },
    { port: 1, endPort: 1500 },
  ];
  expect(narrower(...pods, policy(ranges))).toEqual([["TCP 1-2000", 2, "[{port: 80}]"]]);
  expect(narrower(...pods, policy([{ port: 80, endPort: 99 }]))).toEqual([]);
  expect(narrower(...pods, policy([{ port: 1000, endPort: 2000 }]))).toEqual([]);
});

test("where one pod declares nothing, nothing is known to be enough", () => {
  expect(narrower(pod("web", { containerPort: 80 }), pod("job"), policy())).toEqual([]);
});

test("egress is measured at the pods it leads to", () => {
  const objects = [pod("web", { containerPort: 80 }), pod("job")];
  const to = (app: string): object => policyOf("p", { egress: [{ to: [{ podSelector: { matchLabels: { app } } }] }] });
  expect(narrower(...objects, to("web"))).toEqual([["*", 1, "[{port: 80}]"]]);
  expect(narrower(...objects, to("job"))).toEqual([]);
  expect(
    narrower(...objects, policyOf("p", { egress: [{ to: [same, { ipBlock: { cidr: "10.0.0.0/8" } }] }] })),
  ).toEqual([]);
});
