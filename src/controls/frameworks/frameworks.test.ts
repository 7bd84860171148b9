import { describe, expect, test } from "vitest";
import { evaluateManifest } from "../../../test/evaluate-manifest.ts";
import { LANGUAGES } from "../../verdicts/rule.ts";
import { RULES } from "../registry.generated.ts";
import { selectRules } from "../selection.ts";
import { askedFrameworks, frameworkNames, FRAMEWORKS, rulesFor } from "./frameworks.ts";
import { judgeFrameworks } from "./judge.ts";

const NAMES = frameworkNames();
const POD = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {${spec}containers: [{name: a, image: b}]}\n`;

async function judge(
  name: string,
  manifest: string,
  severities: readonly string[] = [],
): Promise<Record<string, string>> {
  const selected = selectRules(RULES, { layers: [], rules: [], frameworks: [name], severities });
  const rules = selected.ok ? selected.rules : [];
  const { tallies, gaps } = await evaluateManifest(manifest, { rules });
  const judged = judgeFrameworks(askedFrameworks([name]), { rules: RULES, tallies, gaps });
  return Object.fromEntries(
    judged.flatMap(({ requirements }) => requirements.map(({ requirement, verdict }) => [requirement.id, verdict])),
  );
}

test("names are used once, and every name a rule gives is there", () => {
  expect(new Set(NAMES).size).toBe(NAMES.length);
  const unknown = RULES.flatMap(({ id, frameworks }) =>
    frameworks.filter((name) => !name.includes("/") || !NAMES.includes(name)).map((name) => `${id}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

describe.each(FRAMEWORKS)("$id", (framework) => {
  test.each(framework.requirements)("$id has rules, or says what else decides it", (requirement) => {
    const rules = rulesFor(framework, requirement, RULES);
    expect(rules.length > 0 || requirement.manual !== undefined || requirement.undecidable !== undefined).toBe(true);
    expect(requirement.undecidable !== undefined && rules.length > 0).toBe(false);
    for (const included of requirement.includes ?? [])
      expect(framework.requirements.map(({ id }) => id)).toContain(included);
  });

  test("speaks every language", () => {
    for (const language of LANGUAGES)
      for (const { title, manual, undecidable } of framework.requirements)
        for (const text of [framework.title, title, manual, undecidable]) {
          if (text === undefined) continue;
          expect(text[language].length).toBeGreaterThan(0);
          expect(text[language]).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9,;:!?()]|[A-Za-z0-9][\u4e00-\u9fff]/);
        }
  });

  test("nothing passes when nothing was read, or what was read has no pods", async () => {
    for (const manifest of ["", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n"])
      expect(Object.values(await judge(framework.id, manifest))).not.toContain("pass");
  });
});

test("every framework a rule knows can be selected, and requirements without rules too", () => {
  for (const name of NAMES)
    expect(selectRules(RULES, { layers: [], rules: [], frameworks: [name], severities: [] }).ok).toBe(true);
});

test("restricted asks the rules of baseline too", () => {
  const names = (framework: string): readonly string[] => {
    const selected = selectRules(RULES, { layers: [], rules: [], frameworks: [framework], severities: [] });
    return selected.ok ? selected.rules.map(({ id }) => id) : [];
  };
  expect(names("pod-security-standards/restricted")).toEqual(names("pod-security-standards"));
  expect(names("pod-security-standards/restricted")).toContain("workloads/host-pid");
});

test("one failure fails a requirement, and those that hold pass", async () => {
  const verdicts = await judge("cis-kubernetes", POD("hostPID: true, "));
  expect(verdicts).toMatchObject({ "5.2.2": "pass", "5.2.3": "fail", "5.2.1": "manual", "5.6.1": "manual" });
});

test("what a person must look at fails when a rule shows it broken, and never passes by rules alone", async () => {
  expect((await judge("cis-kubernetes", POD("")))["5.5.1"]).toBe("fail");
  const pinned = POD("").replace("image: b", `image: "registry.example/b:1@sha256:${"0".repeat(64)}"`);
  expect((await judge("cis-kubernetes", pinned))["5.5.1"]).toBe("manual");
});

test("a requirement whose rules were not all asked, or could not all look, stays open", async () => {
  expect((await judge("pod-security-standards", POD(""), ["critical"]))["baseline"]).toBe("not-evaluated");
  expect((await judge("pod-security-standards", `${POD("")}---\nkind: Pod\nmetadata:\n\tname: x\n`))["baseline"]).toBe(
    "not-evaluated",
  );
  expect((await judge("pod-security-standards", POD("")))["baseline"]).toBe("pass");
});
