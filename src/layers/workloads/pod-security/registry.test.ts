import { describe, expect, test } from "vitest";
import type { CheckId } from "./check.ts";
import { compareBytes } from "./go-text.ts";
import { NEWEST_POLICY_MINOR } from "./policy-version.ts";
import { CHECKS, revisionAt, revisionsFor } from "./registry.ts";

const byId = new Map(CHECKS.map((check) => [check.id, check]));

function idsOf(level: string): CheckId[] {
  return CHECKS.filter((check) => check.level === level).map(({ id }) => id);
}

function running(level: "baseline" | "restricted", minor: number): CheckId[] {
  return revisionsFor(level, minor).map((revision) => {
    const check = CHECKS.find((candidate) => revisionAt(candidate, minor) === revision);
    if (check === undefined) throw new Error("a revision that belongs to no check");
    return check.id;
  });
}

describe("the registry", () => {
  test("holds 12 baseline and 7 restricted checks with unique ids", () => {
    expect(byId.size).toBe(19);
    expect(CHECKS.filter((check) => check.level === "baseline")).toHaveLength(12);
    expect(CHECKS.filter((check) => check.level === "restricted")).toHaveLength(7);
  });

  test("orders baseline before restricted checks, each by the bytes of their ids", () => {
    expect(CHECKS.map(({ id }) => id)).toEqual([
      ...idsOf("baseline").toSorted(compareBytes),
      ...idsOf("restricted").toSorted(compareBytes),
    ]);
  });

  test.each(CHECKS)("$id has revisions at strictly increasing known versions", ({ revisions }) => {
    const minors = revisions.map(({ since }) => since);
    expect(minors.length).toBeGreaterThan(0);
    expect(minors).toEqual([...new Set(minors)].toSorted((a, b) => a - b));
    expect(minors.every((minor) => minor >= 0 && minor <= NEWEST_POLICY_MINOR)).toBe(true);
  });

  test("lets only restricted checks override, and only baseline checks be overridden", () => {
    for (const check of CHECKS) {
      for (const id of check.revisions.flatMap(({ overrides }) => overrides ?? [])) {
        expect(check.level).toBe("restricted");
        expect(byId.get(id)?.level).toBe("baseline");
      }
    }
  });

  test("knows the newest version at which a check changed", () => {
    expect(Math.max(...CHECKS.flatMap(({ revisions }) => revisions.map(({ since }) => since)))).toBe(
      NEWEST_POLICY_MINOR,
    );
  });

  test("runs 15 checks at restricted:latest: four baseline checks are overridden", () => {
    expect(running("restricted", 37)).toEqual([
      "appArmorProfile",
      "hostNamespaces",
      "hostPorts",
      "hostProbesAndHostLifecycle",
      "privileged",
      "seLinuxOptions",
      "sysctls",
      "windowsHostProcess",
      "allowPrivilegeEscalation",
      "capabilities_restricted",
      "procMount_restricted",
      "restrictedVolumes",
      "runAsNonRoot",
      "runAsUser",
      "seccompProfile_restricted",
    ]);
  });

  test("runs 11 checks at baseline:v1.0, and two restricted ones beside ten of them", () => {
    const baseline = idsOf("baseline").filter((id) => id !== "hostProbesAndHostLifecycle");
    expect(running("baseline", 0)).toEqual(baseline);
    expect(running("restricted", 0)).toEqual([
      ...baseline.filter((id) => id !== "hostPathVolumes"),
      "restrictedVolumes",
      "runAsNonRoot",
    ]);
  });

  test("runs a check from its first version on, and overrides only from the version of the override", () => {
    expect(running("baseline", 33)).not.toContain("hostProbesAndHostLifecycle");
    expect(running("baseline", 34)).toContain("hostProbesAndHostLifecycle");
    expect(running("restricted", 18)).toContain("seccompProfile_baseline");
    expect(running("restricted", 19)).not.toContain("seccompProfile_baseline");
    expect(running("restricted", 21)).toContain("capabilities_baseline");
    expect(running("restricted", 22)).not.toContain("capabilities_baseline");
    expect(running("restricted", 34)).toContain("procMount");
    expect(running("restricted", 35)).not.toContain("procMount");
  });

  test("runs nothing at privileged", () => {
    expect(revisionsFor("privileged", 37)).toEqual([]);
  });
});
