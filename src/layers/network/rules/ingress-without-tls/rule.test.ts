import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const ingress = (host: string | null, tls: readonly object[], annotations = {}): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace: "default", annotations },
  spec: { tls, rules: [{ host, http: { paths: [] } }] },
});

test("hosts, wildcards, and entries for all", () => {
  expect(judge(rule, [ingress("a.example", [])]).found).toEqual(["Ingress/web: a.example"]);
  expect(judge(rule, [ingress("a.example", [{ hosts: ["b.example"] }])]).found).toEqual(["Ingress/web: a.example"]);
  expect(judge(rule, [ingress("a.example", [{ hosts: ["a.example"] }])]).found).toEqual([]);
  expect(judge(rule, [ingress("a.example", [{ hosts: ["*.example"] }])]).found).toEqual([]);
  expect(judge(rule, [ingress("b.a.example", [{ hosts: ["*.example"] }])]).found).toEqual(["Ingress/web: b.a.example"]);
  expect(judge(rule, [ingress("a.example", [{}])]).found).toEqual([]);
  expect(judge(rule, [ingress(null, [])]).found).toEqual(["Ingress/web: *"]);
});

test("a cloud's own certificate counts", () => {
  const annotations = { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:x" };
  expect(judge(rule, [ingress("a.example", [], annotations)]).found).toEqual([]);
});
