import { expect, test } from "vitest";
import { matchMapSelector, matchSelector, type LabelSelector } from "./label-selector.ts";

const labels = { app: "web", tier: "" };

test.each<[LabelSelector | null | undefined, string]>([
  [undefined, "no-match"],
  [null, "no-match"],
  [{}, "match"],
  [{ matchLabels: { app: "web" } }, "match"],
  [{ matchLabels: { app: "api" } }, "no-match"],
  [{ matchLabels: { tier: "" } }, "match"],
  [{ matchLabels: { absent: "" } }, "no-match"],
  [{ matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] }, "match"],
  [{ matchExpressions: [{ key: "absent", operator: "NotIn", values: ["x"] }] }, "match"],
  [{ matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] }, "no-match"],
  [{ matchExpressions: [{ key: "app", operator: "Exists" }] }, "match"],
  [{ matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }, "no-match"],
  [{ matchExpressions: [{ key: "app", operator: "In", values: [] }] }, "invalid"],
  [{ matchExpressions: [{ key: "app", operator: "Exists", values: ["x"] }] }, "invalid"],
  [{ matchExpressions: [{ key: "app", operator: "in", values: ["web"] }] }, "invalid"],
  [{ matchLabels: { app: "api" }, matchExpressions: [{ key: "app", operator: "Gt", values: ["1"] }] }, "invalid"],
  [{ matchExpressions: [null] }, "invalid"],
])("%j: %s", (selector, expected) => expect(matchSelector(selector, labels)).toBe(expected));

test("a label inherited from Object is no label", () => {
  expect(matchSelector({ matchExpressions: [{ key: "constructor", operator: "Exists" }] }, labels)).toBe("no-match");
});

test("an empty map selector selects nothing", () => {
  expect(matchMapSelector({}, labels)).toBe(false);
  expect(matchMapSelector({ app: "web" }, labels)).toBe(true);
  expect(matchMapSelector({ app: "web" }, null)).toBe(false);
});
