import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const annotated = (type: string, ...names: readonly string[]): object => {
  const [apiVersion, kind] = type.split(" ");
  const annotations = Object.fromEntries(names.map((name) => [name, "x"]));
  return { apiVersion, kind, metadata: { name: "x", namespace: "default", annotations } };
};

test("one finding an annotation, and none for others", () => {
  const names = [
    "service.kubernetes.io/topology-mode",
    "service.alpha.kubernetes.io/tolerate-unready-endpoints",
    "team",
  ];
  expect(judge(rule, [annotated("v1 Service", ...names)]).findings.map(({ key }) => key)).toEqual(names.slice(0, 2));
  expect(judge(rule, [annotated("v1 Service"), annotated("v1 ConfigMap", ...names)]).found).toEqual([]);
});
