import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const everywhere = { namespaceSelector: {} };
const labelled = { namespaceSelector: {}, podSelector: { matchLabels: { app: "web" } } };
const places = (spec: object): readonly unknown[] =>
  judge(rule, [deploymentOf("web"), deploymentOf("api"), policyOf("p", spec)]).findings.map(({ arguments: values }) => [
    values["place"],
    values["workloads"],
  ]);

test("who is let in counts with any label, where traffic may go only without", () => {
  expect(places({ ingress: [{ from: [everywhere, labelled] }] })).toEqual([
    ["ingress[0].from[0]", 2],
    ["ingress[0].from[1]", 1],
  ]);
  expect(places({ egress: [{ to: [labelled] }] })).toEqual([]);
  expect(places({ egress: [{ to: [everywhere] }] })).toEqual([["egress[0]", 2]]);
});

test("name lookups may go everywhere", () => {
  const ports = [{ port: 53, protocol: "UDP" }, { port: 53 }];
  expect(places({ egress: [{ to: [everywhere], ports }] })).toEqual([]);
  expect(places({ egress: [{ to: [everywhere], ports: [...ports, { port: 80 }] }] })).toEqual([["egress[0]", 2]]);
  expect(places({ ingress: [{ from: [everywhere], ports }] })).toEqual([["ingress[0]", 2]]);
});
