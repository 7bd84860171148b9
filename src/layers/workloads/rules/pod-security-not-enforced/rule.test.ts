import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const namespace = (labels: object, name = "shop"): object => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

test("warning and auditing are no enforcing", () => {
  expect(judge(rule, [namespace({ "pod-security.kubernetes.io/warn": "restricted" })]).found).toEqual([
    "Namespace/shop: ",
  ]);
  expect(judge(rule, [namespace({ "pod-security.kubernetes.io/enforce": "baseline" })]).found).toEqual([]);
});

test("privileged, wrong and misspelled levels are other rules'", () => {
  for (const labels of [
    { "pod-security.kubernetes.io/enforce": "privileged" },
    { "pod-security.kubernetes.io/enforce": "x" },
    { "pod-security.kubernetes.io/enfroce": "baseline" },
  ])
    expect(judge(rule, [namespace(labels)]).found).toEqual([]);
});

test("the system's namespaces are not judged", () => {
  expect(judge(rule, [namespace({}, "kube-system")]).tally).toMatchObject({ "not-applicable": 1 });
});
