import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const namespace = (labels: object): object => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", labels },
});
const PREFIX = "pod-security.kubernetes.io/";
const shown = (labels: object): readonly unknown[] =>
  judge(rule, [namespace(labels)]).findings.map((finding) => finding.arguments["value"]);

test("keys of the domain that admission does not know, and near misses of those it knows", () => {
  expect(shown({ [`${PREFIX}enfroce`]: "baseline" })).toEqual([`${PREFIX}enfroce ≈ ${PREFIX}enforce`]);
  expect(shown({ "pod-security.kuberentes.io/warn": "baseline" })).toEqual([
    `pod-security.kuberentes.io/warn ≈ ${PREFIX}warn`,
  ]);
  expect(shown({ [`${PREFIX}exempt`]: "true" })).toHaveLength(1);
  expect(shown({ "security.kubernetes.io/level": "x", team: "shop" })).toEqual([]);
});

test("levels and versions", () => {
  expect(shown({ [`${PREFIX}enforce`]: "restrictd" })).toEqual(["restrictd ≈ restricted"]);
  expect(shown({ [`${PREFIX}enforce-version`]: "1.30" })).toEqual(["1.30"]);
  expect(shown({ [`${PREFIX}enforce`]: "restricted", [`${PREFIX}enforce-version`]: "v1.30" })).toEqual([]);
  expect(shown({ [`${PREFIX}audit-version`]: "latest" })).toEqual([]);
});
