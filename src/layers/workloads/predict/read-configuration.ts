// The file of `kube-apiserver --admission-control-config-file` as far as Pod Security reads it, validated as the API
// server does (pod-security-admission/admission/api/{load,validation}, apiserver/pkg/admission/config.go).

import type { Path } from "../../../kubernetes/path.ts";
import { array, object, string, anything, narrow } from "../../../kubernetes/shape.ts";
import {
  PRIVILEGED_POLICY,
  type Exemptions,
  type PodSecurityConfiguration,
  type PolicyMode,
} from "../pod-security/admission/admission.ts";
import { parsePolicyLevel, parsePolicyVersion, POLICY_LEVELS } from "../pod-security/pod-security.ts";

export interface ConfigurationProblem {
  readonly path: Path;
  /** Ends of message ids `admit.configuration-…`. */
  readonly code: "type" | "unknown-field" | "level" | "version" | "name" | "twice" | "kind" | "no-plugin" | "elsewhere";
  /** What stands there. */
  readonly value: string;
  /** What should. */
  readonly expected: string;
}

export type ReadConfiguration =
  | { readonly ok: true; readonly configuration: PodSecurityConfiguration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

const GROUP = "pod-security.admission.config.k8s.io/";
const VERSIONS = ["v1", "v1beta1", "v1alpha1"].map((version) => GROUP + version);
const LIST_VERSIONS: ReadonlySet<string> = new Set([
  "apiserver.config.k8s.io/v1",
  "apiserver.config.k8s.io/v1alpha1",
  "apiserver.k8s.io/v1alpha1",
]);

const listShape = object({
  apiVersion: string,
  kind: string,
  plugins: array(object({ name: string, path: string, configuration: anything })),
});
const shape = object({
  apiVersion: string,
  kind: string,
  defaults: object({
    enforce: string,
    "enforce-version": string,
    audit: string,
    "audit-version": string,
    warn: string,
    "warn-version": string,
  }),
  exemptions: object({ usernames: array(string), namespaces: array(string), runtimeClasses: array(string) }),
});

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "": ["apiVersion", "kind", "defaults", "exemptions"],
  defaults: ["enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version"],
  exemptions: ["usernames", "namespaces", "runtimeClasses"],
};

/** What holds without such a file: every mode privileged, nobody exempt. */
export const NO_CONFIGURATION: PodSecurityConfiguration = {
  defaults: PRIVILEGED_POLICY,
  exemptions: { usernames: [], namespaces: [], runtimeClasses: [] },
};

/** Reads an AdmissionConfiguration, or the PodSecurityConfiguration alone. */
export function readConfiguration(value: unknown): ReadConfiguration {
  const list = narrow(listShape, value);
  if (!list.ok) return refused(list.problems.map(({ path, expected, found }) => typeProblem(path, expected, found)));
  const { apiVersion, kind, plugins } = list.value;
  if (kind !== "AdmissionConfiguration" || !LIST_VERSIONS.has(apiVersion ?? "")) return readAt(value, []);
  const index = plugins?.findIndex((plugin) => plugin?.name === "PodSecurity") ?? -1;
  const plugin = plugins?.[index];
  if (plugin == null) return refused([{ path: ["plugins"], code: "no-plugin", value: "", expected: "PodSecurity" }]);
  const at: Path = ["plugins", index];
  if (plugin.configuration == null && plugin.path != null && plugin.path !== "")
    return refused([{ path: [...at, "path"], code: "elsewhere", value: plugin.path, expected: "" }]);
  return readAt(plugin.configuration ?? {}, [...at, "configuration"]);
}

function readAt(value: unknown, at: Path): ReadConfiguration {
  const read = narrow(shape, value, at);
  if (!read.ok) return refused(read.problems.map(({ path, expected, found }) => typeProblem(path, expected, found)));
  const { apiVersion, kind, defaults, exemptions } = read.value;
  if (kind !== "PodSecurityConfiguration" || !VERSIONS.includes(apiVersion ?? "")) {
    const found = `${kind ?? ""} (${apiVersion ?? ""})`;
    return refused([{ path: at, code: "kind", value: found, expected: `PodSecurityConfiguration (${VERSIONS[0]})` }]);
  }
  const problems = [...unknownFields(value, at)];
  const problem = (path: Path, code: ConfigurationProblem["code"], text: string, expected = ""): void =>
    void problems.push({ path: [...at, ...path], code, value: text, expected });
  const mode = (name: PolicyMode): PodSecurityConfiguration["defaults"]["enforce"] => {
    const level = defaults?.[name] || "privileged";
    const version = defaults?.[`${name}-version`] || "latest";
    const read = { level: parsePolicyLevel(level), version: parsePolicyVersion(version) };
    if (read.level === undefined) problem(["defaults", name], "level", level, POLICY_LEVELS.join(", "));
    if (read.version === undefined) problem(["defaults", `${name}-version`], "version", version, "latest, v1.N");
    return { level: read.level ?? "privileged", version: read.version ?? "latest" };
  };
  const names = (field: keyof Exemptions, isName: (name: string) => boolean): readonly string[] => {
    const list = (exemptions?.[field] ?? []).map((name) => name ?? "");
    for (const [index, name] of list.entries()) {
      if (list.indexOf(name) < index) problem(["exemptions", field, index], "twice", name);
      else if (!isName(name)) problem(["exemptions", field, index], "name", name);
    }
    return list;
  };
  const configuration: PodSecurityConfiguration = {
    defaults: { enforce: mode("enforce"), audit: mode("audit"), warn: mode("warn") },
    exemptions: {
      namespaces: names("namespaces", (name) => LABEL.test(name)),
      runtimeClasses: names("runtimeClasses", (name) => name.length <= 253 && SUBDOMAIN.test(name)),
      usernames: names("usernames", (name) => name !== ""),
    },
  };
  return problems.length === 0 ? { ok: true, configuration } : refused(problems);
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** The API server decodes this file strictly. */
function unknownFields(value: unknown, at: Path): readonly ConfigurationProblem[] {
  return Object.entries(FIELDS).flatMap(([place, fields]) => {
    const part = place === "" ? value : (value as Record<string, unknown> | null)?.[place]; // narrowed by the caller
    const path = place === "" ? at : [...at, place];
    return Object.keys(part ?? {})
      .filter((field) => !fields.includes(field))
      .map((field) => ({ path: [...path, field], code: "unknown-field", value: field, expected: "" }) as const);
  });
}

function typeProblem(path: Path, expected: string, found: string): ConfigurationProblem {
  return { path, code: "type", value: found, expected };
}

function refused(problems: readonly ConfigurationProblem[]): ReadConfiguration {
  return { ok: false, problems };
}
