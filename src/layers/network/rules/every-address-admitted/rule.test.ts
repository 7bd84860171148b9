import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const block = (cidr: string, ...except: readonly string[]): object => ({ ipBlock: { cidr, except } });
const ports = [{ port: 443 }];
const found = (spec: object): readonly unknown[] =>
  judge(rule, [deploymentOf("web"), policyOf("p", spec)]).findings.map(({ arguments: values }) => [
    values["place"],
    values["ports"],
  ]);

test("no peers are every address, and exceptions are what makes the difference", () => {
  expect(found({ ingress: [{ ports }] })).toEqual([["ingress[0]", "TCP 443"]]);
  expect(found({ egress: [{ to: [block("0.0.0.0/0")], ports }] })).toEqual([["egress[0]", "TCP 443"]]);
  expect(found({ egress: [{ to: [block("0.0.0.0/0", "10.0.0.0/8")], ports }] })).toEqual([]);
  expect(found({ egress: [{ to: [block("0.0.0.0/1")], ports }] })).toEqual([]);
});

test("every port, name lookups, and names of ports outside are for others", () => {
  expect(found({ ingress: [{}] })).toEqual([]);
  expect(found({ egress: [{ ports: [{ port: 53, protocol: "UDP" }] }] })).toEqual([]);
  expect(found({ egress: [{ ports: [{ port: "http" }] }] })).toEqual([]);
  expect(found({ ingress: [{ ports: [{ port: "http" }] }] })).toEqual([["ingress[0]", "http"]]);
});
