import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generate } from "../../scripts/generate-registry.ts";
import { REPOSITORY, ruleFolders } from "../../scripts/rule-folders.ts";
import { evaluateManifest } from "../../test/evaluate-manifest.ts";
import { fillTemplate } from "../verdicts/message.ts";
import { LANGUAGES } from "../verdicts/rule.ts";
import { RULES } from "./registry.generated.ts";

const HEADINGS = ["What", "Why", "How it is exploited", "How to fix", "When not to"];
const read = (path: string): string => readFileSync(join(REPOSITORY, path), "utf8");

function placeholders(template = ""): readonly string[] {
  return [...template.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? "").sort();
}

test("the registry holds exactly the rule folders", () => {
  expect(generate(true)).toEqual([]);
  expect(RULES.map((rule) => rule.id)).toEqual(ruleFolders().map(({ layer, name }) => `${layer}/${name}`));
});

test("ids and aliases are never used twice", () => {
  const names = RULES.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(ruleFolders())("$layer/$name", ({ layer, name, path }) => {
  const rule = RULES.find(({ id }) => id === `${layer}/${name}`);

  test("has its five files and the headings of its page", () => {
    for (const file of ["rule.ts", "rule.test.ts", "good.yaml", "bad.yaml", "README.md"])
      expect([file, existsSync(join(REPOSITORY, path, file))]).toEqual([file, true]);
    const page = read(`${path}/README.md`);
    expect([...page.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(HEADINGS);
    expect(page).toMatch(new RegExp(`^# ${layer}/${name}\\n`));
  });

  test("speaks every language, with the same arguments", () => {
    for (const language of LANGUAGES) {
      const text = rule?.text[language];
      expect(Object.values(text ?? {}).every((sentence) => sentence.length > 0)).toBe(true);
      expect(placeholders(text?.message)).toEqual(placeholders(rule?.text.en.message));
      expect([text?.title, text?.risk, text?.fix].join("")).not.toMatch(/\{\w+\}/);
    }
  });

  test("good.yaml is silent", async () => {
    const { findings, gaps } = await evaluateManifest(read(`${path}/good.yaml`));
    expect(gaps).toEqual([]);
    expect(findings.filter((finding) => finding.rule.id.startsWith(`${layer}/`)).map(({ rule: { id } }) => id)).toEqual(
      [],
    );
  });

  test("bad.yaml gives exactly this finding, at the marked line", async () => {
    const text = read(`${path}/bad.yaml`);
    const marked = text.split("\n").flatMap((line, index) => (/# finding\s*$/.test(line) ? [index + 1] : []));
    const { findings, gaps } = await evaluateManifest(text);
    const found = findings.filter((finding) => finding.rule.id.startsWith(`${layer}/`));
    expect(gaps).toEqual([]);
    expect(marked.length).toBeGreaterThan(0);
    expect(found.map((finding) => `${finding.rule.id}:${finding.evidence[0]?.position?.line}`)).toEqual(
      marked.map((line) => `${layer}/${name}:${line}`),
    );
    for (const {
      rule: { text: texts },
      arguments: values,
    } of found) {
      for (const language of LANGUAGES) expect(fillTemplate(texts[language].message, values)).not.toMatch(/\{\w+\}/);
    }
  });
});
