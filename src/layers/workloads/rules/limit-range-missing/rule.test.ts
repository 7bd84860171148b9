import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const namespace = (name: string): object => objectOf("Namespace", name, {}, "");
const companion = objectOf("LimitRange", "c");

test("it speaks of namespaces that are declared and have pods, and of no others", () => {
  expect(judge(rule, [namespace("default"), deploymentOf("web")]).found).toEqual(["Namespace/default: "]);
  expect(judge(rule, [namespace("default"), deploymentOf("web"), companion]).tally).toMatchObject({ fail: 0, pass: 1 });
  expect(judge(rule, [deploymentOf("web")]).tally).toMatchObject({ fail: 0, "not-applicable": 0 });
  expect(judge(rule, [namespace("empty")]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});

test("the system's namespaces are not judged, nor does one of another namespace help", () => {
  const system = objectOf("Pod", "p", { spec: {} }, "kube-system");
  expect(judge(rule, [namespace("kube-system"), system]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
  const elsewhere = objectOf("LimitRange", "c", {}, "other");
  expect(judge(rule, [namespace("default"), deploymentOf("web"), elsewhere]).found).toEqual(["Namespace/default: "]);
});
