import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test.each([
  [{ maxUnavailable: 0 }, 1],
  [{ maxUnavailable: "0%" }, 1],
  [{ minAvailable: "100%" }, 1],
  [{ maxUnavailable: "1%" }, 0],
  [{ minAvailable: "99%" }, 0],
  [{ minAvailable: 100 }, 0],
  [{ minAvailable: 0 }, 0],
  [{ maxUnavailable: "zero" }, 0],
  [{}, 0],
])("%j", (spec, count) => {
  expect(judge(rule, [objectOf("policy/v1 PodDisruptionBudget", "web", { spec })]).found).toHaveLength(count);
});
