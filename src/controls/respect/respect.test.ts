import { describe, expect, test } from "vitest";
import type { Resource } from "../../cluster/resource.ts";
import { RULES } from "../registry.generated.ts";
import { createIgnores } from "./respect.ts";
import type { RespectedTool } from "./respected-tool.ts";
import { readTrivyIgnore, readTrivyIgnoreYaml } from "./trivy-ignore.ts";

const PRIVILEGED = "workloads/privileged-container";

function deployment(own: Record<string, string>, template: Record<string, string> = {}): Resource {
  return {
    id: { apiVersion: "apps/v1", group: "apps", kind: "Deployment", namespace: "shop", name: "cart" },
    object: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "cart", annotations: own },
      spec: { template: { metadata: { annotations: template }, spec: { containers: [] } } },
    },
    provenance: { kind: "file", file: "a.yaml" },
    locate: (path) => ({ file: "a.yaml", line: path.length, column: 1 }),
  };
}

const ignored = (tool: RespectedTool, own: Record<string, string>, template?: Record<string, string>) =>
  createIgnores(
    [tool],
    RULES,
  )(deployment(own, template)).map(({ ruleIds, reason, expires, position }) => ({
    isPrivileged: ruleIds.has(PRIVILEGED),
    count: ruleIds.size,
    reason,
    ...(expires !== undefined && { expires }),
    line: position?.line,
  }));

describe("annotations", () => {
  test("kubescape: several controls, a reason, a day or the day of a moment", () => {
    const own = {
      "kubescape.io/skip-controls": "C-9999, C-0057",
      "kubescape.io/skip-reason": "r",
      "kubescape.io/skip-expiry": "2027-01-31T10:00:00Z",
    };
    expect(ignored("kubescape", own)).toMatchObject([
      { isPrivileged: true, reason: "r", expires: "2027-01-31", line: 3 },
    ]);
    expect(ignored("kubescape", { ...own, "kubescape.io/skip-expiry": "soon" })).toMatchObject([
      { expires: "0000-00-00" },
    ]);
    expect(ignored("kubescape", { "kubescape.io/skip-controls": "C-9999" })).toEqual([]);
  });

  test("checkov: with and without a reason, on the object or its template, and under its vendor's name", () => {
    expect(ignored("checkov", { "checkov.io/skip1": "CKV_K8S_16=a=b" })).toMatchObject([
      { isPrivileged: true, reason: "a=b" },
    ]);
    expect(ignored("checkov", {}, { "bridgecrew.io/skip#2": "CKV_K8S_16" })).toMatchObject([
      { isPrivileged: true, reason: "", line: 5 },
    ]);
  });

  test("kube-linter: one check, or all it has", () => {
    expect(ignored("kube-linter", { "ignore-check.kube-linter.io/privileged-container": "r" })).toMatchObject([
      { isPrivileged: true, reason: "r" },
    ]);
    const [all] = ignored("kube-linter", { "kube-linter.io/ignore-all": "r" });
    expect(all?.isPrivileged).toBe(true);
    expect(all?.count).toBe(RULES.filter(({ knownAs }) => (knownAs?.kubeLinter ?? []).length > 0).length);
    expect(ignored("kube-linter", {}, { "ignore-check.kube-linter.io/privileged-container": "r" })).toEqual([]);
  });

  test("polaris: only what is exempt for true", () => {
    expect(ignored("polaris", { "polaris.fairwinds.com/runAsPrivileged-exempt": "true" })).toMatchObject([
      { isPrivileged: true },
    ]);
    expect(ignored("polaris", { "polaris.fairwinds.com/runAsPrivileged-exempt": "false" })).toEqual([]);
    expect(ignored("polaris", { "polaris.fairwinds.com/exempt": "True" })).toMatchObject([{ isPrivileged: true }]);
  });

  test("kube-score: a list, on the object or its template, with what it implies", () => {
    expect(
      ignored("kube-score", {}, { "kube-score/ignore": "x, container-security-context-privileged" }),
    ).toMatchObject([{ isPrivileged: true }]);
  });

  test("rules asked later, of what was kept of the object, still have its template's ignores", () => {
    const ignores = createIgnores(["kube-score"], RULES);
    const whole = deployment({}, { "kube-score/ignore": "container-security-context-privileged" });
    expect(ignores(whole)).toHaveLength(1);
    expect(ignores({ ...whole, object: { apiVersion: "apps/v1", kind: "Deployment" } })).toHaveLength(1);
  });
});

describe("Trivy's files", () => {
  test("a line an id, a comment above it as the reason, the day from which on it no longer holds", () => {
    const text =
      "# first\n\n# drives hardware\nKSV017 exp:2027-03-01\nAVD-KSV-0017\nCVE-2024-1\n KSV-17\nKSV0017 exp:soon\n";
    expect(readTrivyIgnore(text, ".trivyignore", RULES)).toMatchObject([
      { reason: "drives hardware", expires: "2027-02-28", position: { line: 4, column: 1 } },
      { reason: "", position: { line: 5 } },
      { position: { line: 7, column: 2 } },
    ]);
  });

  test("YAML: misconfigurations alone, in the files it names", () => {
    const value = {
      vulnerabilities: [{ id: "KSV017" }],
      misconfigurations: [
        { id: "KSV017", paths: ["deploy/a.yaml"], statement: "s", expired_at: "2027-01-01" },
        { id: "KSV017", expired_at: 3 },
        "x",
        null,
      ],
    };
    const [first, second, ...others] = readTrivyIgnoreYaml(
      value,
      () => undefined,
      RULES,
      (file, pattern) => file === pattern,
    );
    expect(others).toEqual([]);
    expect(first).toMatchObject({ reason: "s", expires: "2026-12-31" });
    expect([first?.isInFiles?.("deploy/a.yaml"), first?.isInFiles?.("a.yaml")]).toEqual([true, false]);
    expect([second?.isInFiles, second?.expires]).toEqual([undefined, undefined]);
  });
});
