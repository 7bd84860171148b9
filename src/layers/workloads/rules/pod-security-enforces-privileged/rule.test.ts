import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const namespace = (level: string, name = "shop"): object => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "pod-security.kubernetes.io/enforce": level } },
});

test("the word only, and not in the system's namespaces", () => {
  expect(judge(rule, [namespace("privileged")]).found).toEqual(["Namespace/shop: "]);
  expect(judge(rule, [namespace("baseline"), namespace("Privileged")]).found).toEqual([]);
  expect(judge(rule, [namespace("privileged", "kube-system")]).tally).toMatchObject({ "not-applicable": 1 });
});
