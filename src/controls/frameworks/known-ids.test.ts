import { expect, test } from "vitest";
import { generateRuleTable, readReasons, TOOLS } from "../../../scripts/generate-rule-table.ts";
import { RULES } from "../registry.generated.ts";

/** `C-0013` … of a list of numbers. */
const kubescape = (numbers: string): readonly string[] => numbers.split(" ").map((number) => `C-0${number}`);
const trivy = (numbers: string): readonly string[] => numbers.split(" ").map((number) => `KSV-0${number}`);

/** What other tools ask of workloads, their resources and their reliability. */
const EXPECTED = [
  ...kubescape(
    "013 016 017 020 038 041 042 045 046 048 055 057 062 074 193 194 195 196 197 198 199 200 201 202 203 204 210 211 213 214 215 216 217 218 219 220 275 276",
  ),
  ...kubescape("004 009 018 026 050 056 061 073 076 077 209 212 268 269 270 271 293 294 295 296 300 305"),
  ...trivy("007 020 021 028 037 038 039 040 042 048 049 050 051 052 054 055 056 102 107 108 109 1010 115 116 117 124"),
  "KCV-0093",
  "KUBE-0001",
  "KUBE-0002",
];

const rulesById = Map.groupBy(
  RULES.flatMap((rule) => TOOLS.flatMap(([tool]) => (rule.knownAs?.[tool] ?? []).map((id) => ({ tool, id, rule })))),
  ({ tool, id }) => `${tool} ${id}`,
);
const known = new Set([...rulesById.values()].flat().map(({ id }) => id));
const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

test("docs/rules.md and docs/frameworks are what the rules say", () => expect(generateRuleTable(true)).toEqual([]));

test("an id of another tool names one rule, or says why it names several", () => {
  const shared = [...rulesById.values()].filter(({ length }) => length > 1).flatMap(([one]) => one?.id ?? []);
  const listed = readReasons("rules-shared-ids.json").flatMap(({ ids }) => ids);
  expect(sorted(listed)).toEqual(sorted(shared));
  expect(listed).toHaveLength(new Set(listed).size);
});

test("what others ask of workloads has a rule, or a reason why not", () => {
  const listed = readReasons("rules-not-covered.json").flatMap(({ ids }) => ids);
  expect(sorted(listed)).toEqual(sorted(EXPECTED.filter((id) => !known.has(id))));
  expect(listed).toHaveLength(new Set(listed).size);
});

test("every reason is a sentence", () => {
  for (const file of ["rules-shared-ids.json", "rules-not-covered.json"])
    for (const { ids, reason } of readReasons(file)) {
      expect(ids.length).toBeGreaterThan(0);
      expect(reason).toMatch(/^[A-Za-z].{10,}\.$/);
    }
});

test("ids are written as their tools write them", () => {
  const forms: Readonly<Record<string, RegExp>> = {
    kubescape: /^C-\d{4}$/,
    trivy: /^K(SV|CV|UBE)-\d{4,5}$/,
    kubeLinter: /^[a-z0-9-]+$/,
    polaris: /^[a-zA-Z]+$/,
    checkov: /^CKV2?_K8S_\d+$/,
    kubeScore: /^[a-z0-9-]+$/,
  };
  for (const { tool, id } of [...rulesById.values()].flat()) expect(id).toMatch(forms[tool] ?? /^$/);
});
