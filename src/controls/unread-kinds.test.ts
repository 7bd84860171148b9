import { expect, test } from "vitest";
import type { Gap } from "../verdicts/gap.ts";
import { RULES } from "./registry.generated.ts";
import { createRun } from "./run.ts";

const BUDGET = "workloads/disruption-budget-missing";
const PRIVILEGED = "workloads/privileged-container";

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", uid: "1" },
  spec: { replicas: 2, template: { spec: { containers: [{ name: "main", image: "x:1" }] } } },
};
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", uid: "2" } };

function run(...unread: readonly NonNullable<Gap["unread"]>[]) {
  const rules = RULES.filter(({ id }) => id === BUDGET || id === PRIVILEGED);
  const one = createRun({ rules, minor: 36, defaultNamespace: "", isInScope: () => true });
  for (const object of [namespace, deployment])
    one.add(object, () => undefined, { kind: "server", server: "https://server", resourceVersion: "1" });
  for (const kind of unread) one.addGap({ code: "api/forbidden", what: kind.kind, reason: { id: "x" }, unread: kind });
  const { findings, gaps, tallies } = one.finish();
  const tally = (id: string) => [...tallies].find(([rule]) => rule.id === id)?.[1];
  return { findings: findings.map(({ rule }) => rule.id), gaps: gaps.map(({ rules }) => rules), tally };
}

test("a relation is not judged when one side of it could not be read", () => {
  expect(run().findings).toEqual([BUDGET]);
  const blind = run({ group: "policy", kind: "PodDisruptionBudget" });
  expect(blind.findings).toEqual([]);
  expect(blind.gaps).toEqual([[BUDGET]]);
  expect(blind.tally(BUDGET)).toMatchObject({ fail: 0, "not-evaluated": 1 });
});

test("a template that could not be read leaves what runs to be judged", () => {
  const { findings, gaps } = run({ group: "apps.kruise.io", kind: "CloneSet" });
  expect(findings).toEqual([BUDGET]);
  expect(gaps.map((rules) => [...(rules ?? [])].sort())).toEqual([[BUDGET, PRIVILEGED]]);
  expect(run({ group: "", kind: "Pod" }).findings).toEqual([]);
});

test("a kind that no rule reads is said without one", () => {
  expect(run({ group: "example.org", kind: "Widget" }).gaps).toEqual([[]]);
});
