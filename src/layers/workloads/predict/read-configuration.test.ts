import { expect, test } from "vitest";
import { formatPath } from "../../../kubernetes/path.ts";
import { readLabelChanges, withChanges } from "./namespace-labels.ts";
import { readConfiguration } from "./read-configuration.ts";

const own = { apiVersion: "pod-security.admission.config.k8s.io/v1", kind: "PodSecurityConfiguration" };

test("what is left out is privileged, latest and exempts nobody", () => {
  const none = { level: "privileged", version: "latest" };
  expect(readConfiguration(own)).toEqual({
    ok: true,
    configuration: {
      defaults: { enforce: none, audit: none, warn: none },
      exemptions: { usernames: [], namespaces: [], runtimeClasses: [] },
    },
  });
});

test.each<[string, object, string, string]>([
  ["a level", { ...own, defaults: { enforce: "Baseline" } }, "defaults.enforce", "level"],
  ["a version", { ...own, defaults: { "warn-version": "1.30" } }, "defaults.warn-version", "version"],
  ["an unknown field", { ...own, defaults: { enforced: "baseline" } }, "defaults.enforced", "unknown-field"],
  ["a namespace", { ...own, exemptions: { namespaces: ["a", "A"] } }, "exemptions.namespaces[1]", "name"],
  [
    "a name given twice",
    { ...own, exemptions: { runtimeClasses: ["a", "a"] } },
    "exemptions.runtimeClasses[1]",
    "twice",
  ],
  ["an empty user", { ...own, exemptions: { usernames: [""] } }, "exemptions.usernames[0]", "name"],
  ["a type", { ...own, exemptions: { usernames: "a" } }, "exemptions.usernames", "type"],
  ["another kind", { apiVersion: "v1", kind: "Pod" }, "", "kind"],
  ["no object", { plugins: "x" }, "plugins", "type"],
])("%s is refused at its place", (_, value, path, code) => {
  const read = readConfiguration(value);
  expect(read.ok ? [] : read.problems.map((one) => [formatPath(one.path), one.code])).toEqual([[path, code]]);
});

test("an AdmissionConfiguration is looked into, and the place is that of the whole file", () => {
  const list = (plugins: readonly object[]): object => ({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AdmissionConfiguration",
    plugins,
  });
  expect(readConfiguration(list([{ name: "Other" }, { name: "PodSecurity", configuration: own }])).ok).toBe(true);
  const wrong = readConfiguration(list([{ name: "PodSecurity", configuration: { ...own, defaults: { warn: "x" } } }]));
  expect(wrong.ok ? "" : formatPath(wrong.problems[0]?.path ?? [])).toBe("plugins[0].configuration.defaults.warn");
  expect(readConfiguration(list([]))).toMatchObject({ ok: false, problems: [{ code: "no-plugin" }] });
  expect(readConfiguration(list([{ name: "PodSecurity", path: "x.yaml" }]))).toMatchObject({
    ok: false,
    problems: [{ code: "elsewhere", value: "x.yaml" }],
  });
});

test("label changes are read as kubectl reads them", () => {
  const read = readLabelChanges(["enforce=restricted", "pod-security.kubernetes.io/warn-", "example.com/team=a"]);
  const labels = { "pod-security.kubernetes.io/warn": "baseline", other: "b" };
  expect(read.ok && withChanges(labels, read.changes)).toEqual({
    other: "b",
    "pod-security.kubernetes.io/enforce": "restricted",
    "example.com/team": "a",
  });
  for (const word of ["enforce", "enforcing=baseline", "pod-security.kubernetes.io/enforced=baseline", "team=a"])
    expect(readLabelChanges([word]).ok).toBe(false);
});
