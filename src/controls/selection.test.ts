import { expect, test } from "vitest";
import { RULES } from "./registry.generated.ts";
import { selectRules, type RuleSelection } from "./selection.ts";

const NOTHING: RuleSelection = { layers: [], rules: [], frameworks: [], severities: [] };
const select = (selection: Partial<RuleSelection>): readonly string[] | string => {
  const selected = selectRules(RULES, { ...NOTHING, ...selection });
  return selected.ok ? selected.rules.map(({ id }) => id) : `${selected.option} ${selected.value}`;
};

test("no selection is every rule", () => expect(select({})).toHaveLength(RULES.length));

test.each(["workloads/privileged-container", "privileged-container", "C-0057", "ksv-0017", "CKV_K8S_16"])(
  "%s names the privileged rule",
  (name) => {
    expect(select({ rules: [name] })).toContain("workloads/privileged-container");
  },
);

test("selections narrow each other", () => {
  expect(select({ rules: ["privileged-container"], severities: ["low"] })).toEqual([]);
  expect(select({ frameworks: ["cis-kubernetes/5.2.2"] })).toContain("workloads/privileged-container");
});

test.each<[Partial<RuleSelection>, string]>([
  [{ rules: ["nothing"] }, "rule nothing"],
  [{ layers: ["workload"] }, "layer workload"],
  [{ frameworks: ["cis"] }, "framework cis"],
  [{ severities: ["High"] }, "severity High"],
])("%j names nothing that exists", (selection, expected) => expect(select(selection)).toBe(expected));
