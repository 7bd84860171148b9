import fc from "fast-check";
import { expect, test } from "vitest";
import { covers, withPathsApart } from "./cover.ts";
import { minimalRules } from "./minimal-rules.ts";
import { policyRuleOf } from "./policy-rule.ts";

const some = (...texts: string[]) => fc.subarray(texts);
const anyRule = fc
  .record({
    verbs: some("get", "list", "*"),
    apiGroups: some("", "apps", "*"),
    resources: some("pods", "pods/log", "*/log", "*"),
    resourceNames: some("a", "b"),
    nonResourceURLs: some("/a", "/a*", "/a**", "*"),
  })
  .map(policyRuleOf);

test("the rights are the same, whatever the rules", () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 5 }), (rules) => {
      const few = minimalRules(rules);
      expect(covers(few, rules).uncovered).toEqual([]);
      expect(covers(withPathsApart(rules), few).uncovered).toEqual([]);
      expect(minimalRules(few)).toEqual(few);
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("rules that differ in one list only become one", () => {
  const rules = ["get", "list"].flatMap((verb) =>
    ["pods", "services"].map((resource) => policyRuleOf({ verbs: [verb], apiGroups: [""], resources: [resource] })),
  );
  expect(minimalRules(rules)).toEqual([
    policyRuleOf({ verbs: ["get", "list"], apiGroups: [""], resources: ["pods", "services"] }),
  ]);
});
