// What rules say they read is what a live scan reads: a rule whose kinds were never asked for would judge by nothing.

import { expect, test } from "vitest";
import { RULES } from "../../controls/registry.generated.ts";
import { scanKindsFor } from "./scan-kinds.ts";
import { featuresOf } from "./rule-features.ts";

/** Never asked for, by design; rules know that a server's Secrets say nothing. */
const BY_DESIGN = "Secret";
const ANY_CARRIER = "pod templates";

/** About the version a file asks for: a server converts, and answers in versions it serves. */
const ABOUT_FILES = new Set(
  ["deprecated-api-version", "pod-security-policy-present", "removed-api-version"].map((name) => `workloads/${name}`),
);

test.each(RULES.filter(({ id }) => !ABOUT_FILES.has(id)))("$id reads only what a scan for it lists", (rule) => {
  const listed = new Set(scanKindsFor(featuresOf([rule])).map(({ kind }) => kind));
  const unlisted = rule.reads.filter((kind) => kind !== BY_DESIGN && kind !== ANY_CARRIER && !listed.has(kind));
  expect(unlisted).toEqual([]);
});

test.each(RULES.filter(({ scope }) => scope === "object"))("$id reads the kinds that it judges", (rule) => {
  const kinds = rule.scope === "object" ? rule.kinds : [];
  if (!rule.reads.includes(ANY_CARRIER)) expect(kinds.filter((kind) => !rule.reads.includes(kind))).toEqual([]);
});

test("every layer that has rules has something to read", () => {
  for (const rule of RULES) expect([rule.id, featuresOf([rule])]).not.toEqual([rule.id, []]);
});
