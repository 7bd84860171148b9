import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const pod = (name: string, protocol?: string): object =>
  deploymentOf("web", { containers: [{ name: "main", image: "app", ports: [{ name, containerPort: 53, protocol }] }] });
const ports = (port: string, protocol?: string): object =>
  policyOf("p", { ingress: [{ ports: [{ port, ...(protocol && { protocol }) }, { port: 80 }] }] });

test("name and protocol must agree", () => {
  expect(judge(rule, [pod("dns", "UDP"), ports("dns", "UDP")]).found).toEqual([]);
  expect(judge(rule, [pod("dns", "UDP"), ports("dns")]).found).toEqual(["NetworkPolicy/p: ingress TCP dns"]);
});

test("egress is asked of the peers, where these are in the input", () => {
  const out = (app: string): object =>
    policyOf("p", { egress: [{ to: [{ podSelector: { matchLabels: { app } } }], ports: [{ port: "http" }] }] });
  expect(judge(rule, [pod("dns"), out("web")]).found).toEqual(["NetworkPolicy/p: egress TCP http"]);
  expect(judge(rule, [pod("dns"), out("elsewhere")]).found).toEqual([]);
  expect(judge(rule, [pod("dns"), policyOf("p", { egress: [{ ports: [{ port: "http" }] }] })]).found).toEqual([]);
});
