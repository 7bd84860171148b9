// Writes src/layers/access/bootstrap-roles.generated.ts: the default roles and bindings of each Kubernetes minor, as
// compact facts, from the golden files of the RBAC oracle (or RINGWALL_ORACLES). `--check` only compares.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const ORACLE = join(process.env["RINGWALL_ORACLES"] ?? join(import.meta.dirname, "../../shared/oracles"), "rbac");
const TARGET = join(import.meta.dirname, "../src/layers/access/bootstrap-roles.generated.ts");
const ROLE_FILES = ["cluster-roles.yaml", "controller-roles.yaml", "namespace-roles.yaml"];
const GATED_FILE = "cluster-roles-featuregates.yaml";
const BINDING_FILES = ["cluster-role-bindings.yaml", "controller-role-bindings.yaml", "namespace-role-bindings.yaml"];

interface GoldenRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

interface GoldenObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly rules?: readonly GoldenRule[] | null;
  readonly aggregationRule?: {
    readonly clusterRoleSelectors: readonly { readonly matchLabels: Record<string, string> }[];
  };
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

function readGolden(folder: string, file: string): readonly GoldenObject[] {
  const text = readFileSync(join(ORACLE, folder, file), "utf8");
  return (load(text) as { readonly items: readonly GoldenObject[] }).items; // the golden files are Lists
}

/** Lists by comma, fields by bar; the empty text, which is the core group, as a tilde. */
function pack(...fields: readonly (readonly string[] | undefined)[]): string {
  return fields
    .map((list = []) => {
      for (const text of list) if (/[,|~;]/.test(text)) throw new Error(`cannot pack ${JSON.stringify(text)}`);
      return list.map((text) => (text === "" ? "~" : text)).join(",");
    })
    .join("|");
}

const packRule = (rule: GoldenRule) =>
  pack(rule.verbs, rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs);
const packLabels = (labels: Record<string, string> = {}) =>
  Object.entries(labels)
    .filter(([name]) => name !== "kubernetes.io/bootstrapping")
    .map(([name, value]) => `${name}=${value}`)
    .join(",");

const rules: string[] = [];
function ruleNumbers(list: readonly GoldenRule[]): string {
  return list
    .map(packRule)
    .map((packed) => {
      if (!rules.includes(packed)) rules.push(packed);
      return rules.indexOf(packed);
    })
    .join(" ");
}

/** The part of a role that changes by minor: its rules, and those that feature gates may add. */
function packVersion(role: GoldenObject, gated: GoldenObject | undefined): string {
  const own = new Set((role.rules ?? []).map(packRule));
  const added = (gated?.rules ?? []).filter((rule) => !own.has(packRule(rule)));
  return `${ruleNumbers(role.rules ?? [])};${ruleNumbers(added)}`;
}

function packRoleIdentity(role: GoldenObject): string {
  const gathers = role.aggregationRule?.clusterRoleSelectors.map(({ matchLabels }) => packLabels(matchLabels)) ?? [];
  const { namespace = "", name, labels } = role.metadata;
  return [role.kind, namespace, name, packLabels(labels), gathers.join(" ")].join("|");
}

function packBinding(binding: GoldenObject): string {
  const { namespace = "", name } = binding.metadata;
  const subjects = (binding.subjects ?? []).map((one) => `${one.kind}/${one.namespace ?? ""}/${one.name}`);
  return [binding.kind, namespace, name, binding.roleRef?.kind, binding.roleRef?.name, subjects.join(",")].join("|");
}

const line = (value: unknown) => `  ${JSON.stringify(value)},`;

function generate(): string {
  const folders = readdirSync(ORACLE)
    .filter((name) => name.startsWith("bootstrap-v1."))
    .toSorted();
  const roles = new Map<string, Map<string, number[]>>();
  const bindings = new Map<string, number[]>();
  const minors: number[] = [];
  for (const folder of folders) {
    const minor = Number(/^bootstrap-v1\.(\d+)/.exec(folder)?.[1]);
    minors.push(minor);
    const gated = new Map(readGolden(folder, GATED_FILE).map((role) => [role.metadata.name, role]));
    const plain = ROLE_FILES.flatMap((file) => readGolden(folder, file));
    const names = new Set(plain.map((role) => role.metadata.name));
    const onlyGated = [...gated.values()].filter((role) => !names.has(role.metadata.name));
    for (const role of [...plain, ...onlyGated.map((role) => ({ ...role, rules: [] }))]) {
      const versions = entry(roles, packRoleIdentity(role), () => new Map<string, number[]>());
      const gates = role.kind === "ClusterRole" ? gated.get(role.metadata.name) : undefined;
      entry(versions, packVersion(role, gates), () => []).push(minor);
    }
    for (const file of BINDING_FILES) {
      for (const binding of readGolden(folder, file)) entry(bindings, packBinding(binding), () => []).push(minor);
    }
  }
  return [
    "// Generated by `node scripts/generate-bootstrap-roles.ts`: do not edit. Default roles and bindings by minor, from",
    "// k/k plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata (Apache-2.0). bootstrap.ts says how to read it.",
    "",
    `export const BOOTSTRAP_MINORS: readonly number[] = ${JSON.stringify(minors)};`,
    "",
    "export const BOOTSTRAP_RULES: readonly string[] = [",
    ...rules.map(line),
    "];",
    "",
    "export const BOOTSTRAP_ROLES: readonly (readonly [role: string, minors: string, rules: string])[] = [",
    ...[...roles].flatMap(([role, versions]) =>
      [...versions].map(([packed, at]) => line([role, at.join(" "), packed])),
    ),
    "];",
    "",
    "export const BOOTSTRAP_BINDINGS: readonly (readonly [binding: string, minors: string])[] = [",
    ...[...bindings].map(([binding, at]) => line([binding, at.join(" ")])),
    "];",
    "",
  ].join("\n");
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

const source = generate();
if (!process.argv.includes("--check")) writeFileSync(TARGET, source);
else if (readFileSync(TARGET, "utf8") !== source) {
  console.error("bootstrap-roles.generated.ts is not what the golden files give: run the script without --check");
  process.exitCode = 1;
}
