import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const pods = [deploymentOf("web"), deploymentOf("api"), deploymentOf("job")];
const peer = (app: string): object => ({ podSelector: { matchLabels: { app } } });
const web = (...apps: readonly string[]): object =>
  policyOf("web", { ...peer("web"), ingress: [{ from: apps.map(peer), ports: [{ port: 80 }] }] });
const out = (name: string, egress: readonly object[]): object =>
  policyOf(name, { ...peer(name), policyTypes: ["Egress"], egress });
const places = (...objects: readonly object[]): readonly unknown[] =>
  judge(rule, [...pods, ...objects]).findings.map(({ arguments: { place, others } }) => [place, others]);

test("the ports of both ends must meet", () => {
  expect(places(web("api"), out("api", []))).toEqual([["ingress[0]", "api"]]);
  expect(places(web("api"), out("api", [{ ports: [{ port: 81 }] }]))).toEqual([["ingress[0]", "api"]]);
  expect(places(web("api"), out("api", [{ ports: [{ port: 80 }] }]))).toEqual([]);
  expect(places(web("api"), out("api", [{ to: [peer("job")] }]))).toEqual([["ingress[0]", "api"]]);
});

test("only the peers that are closed are named, and egress is asked as well", () => {
  expect(places(web("api", "job"), out("api", []))).toEqual([["ingress[0].from[0]", "api"]]);
  const closed = policyOf("web", { ...peer("web"), policyTypes: ["Ingress"] });
  expect(places(out("api", [{ to: [peer("web")] }]), closed)).toEqual([["egress[0]", "web"]]);
});

test("peers whose address may be allowed, and peers that are not there, are not judged", () => {
  expect(places(web("api"), out("api", [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }]))).toEqual([]);
  expect(places(web("elsewhere"), policyOf("deny", { policyTypes: ["Egress"] }))).toEqual([]);
});
