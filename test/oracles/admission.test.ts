// ValidatingAdmissionPolicies with labelled objects, evaluated by the API server's own code. Where a rule judges
// otherwise than the policy of the control whose id it carries, the difference is listed with its reason.

import { expect } from "vitest";
import differences from "../../src/layers/workloads/admission-differences.json" with { type: "json" };
import { CASES, comparedCases, rulesThatFind } from "./admission.ts";
import { testWithOracle } from "./oracle.ts";

interface Difference {
  readonly cases: readonly string[];
  readonly reason: string;
  /** Rules that find what the policy denies, under another id: at least one of them does in each case. */
  readonly instead?: readonly string[];
}

const LISTED: readonly Difference[] = differences;

testWithOracle(CASES)("rules agree with the policies of their controls, except for the listed differences", () => {
  const compared = [...comparedCases()];
  const different = compared.filter(({ theirs, ours }) => theirs !== ours);
  const listed = LISTED.flatMap(({ cases }) => cases);
  const unlisted = different.filter(({ id }) => !listed.includes(id));
  expect(unlisted.map(({ id, name, theirs, ours }) => `${id}: ${name}: ${theirs} here ${ours}`)).toEqual([]);
  expect(listed.filter((id) => !different.some((one) => one.id === id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
  expect(new Set(compared.map(({ control }) => control)).size).toBeGreaterThanOrEqual(50);
  expect(compared.length).toBeGreaterThanOrEqual(515);
});

testWithOracle(CASES)("what another rule is said to find, it finds", () => {
  const objects = new Map([...comparedCases()].map(({ id, object }) => [id, object]));
  const missed = LISTED.flatMap(({ cases, instead }) =>
    instead === undefined
      ? []
      : cases.filter((id) => {
          const found = rulesThatFind(objects.get(id));
          return !instead.some((rule) => found.includes(rule));
        }),
  );
  expect(missed).toEqual([]);
});
