import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const deployment = (selector: object | undefined, labels: object, type = "apps/v1 Deployment"): object =>
  objectOf(type, "web", { spec: { selector, template: { metadata: { labels }, spec: {} } } });

test("labels and expressions must all hold; the template may have more", () => {
  const expression = (operator: string): object => ({ matchExpressions: [{ key: "app", operator, values: ["web"] }] });
  expect(judge(rule, [deployment({ matchLabels: { app: "web" } }, { app: "web", tier: "a" })]).found).toEqual([]);
  expect(judge(rule, [deployment(expression("In"), { app: "web" })]).found).toEqual([]);
  expect(judge(rule, [deployment(expression("NotIn"), { app: "web" })]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [deployment({ matchLabels: { app: "web", tier: "a" } }, { app: "web" })]).found).toHaveLength(1);
});

test("an absent selector, and a Rollout that refers to a Deployment, are not judged", () => {
  expect(judge(rule, [deployment(undefined, {})]).tally).toMatchObject({ "not-applicable": 1 });
  const rollout = objectOf("argoproj.io/v1alpha1 Rollout", "web", {
    spec: { selector: { matchLabels: { app: "web" } } },
  });
  expect(judge(rule, [rollout]).tally).toMatchObject({ "not-applicable": 1 });
});
