// The roles and bindings every API server creates for itself, recognised by what they say and not by their names
// (k/k plugin/pkg/auth/authorizer/rbac/bootstrappolicy). A default role with one rule more is no default role.

import type { LabelSelector, Labels } from "../../kubernetes/label-selector.ts";
import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { RBAC_API_VERSION, RBAC_GROUP } from "../../kubernetes/rbac.ts";
import { BOOTSTRAP_BINDINGS, BOOTSTRAP_MINORS, BOOTSTRAP_ROLES, BOOTSTRAP_RULES } from "./bootstrap-roles.generated.ts";
import { covers } from "./cover.ts";
import type { PolicyRule } from "./policy-rule.ts";
import type { BindingRecord, RoleRecord } from "./rbac-record.ts";
import { subjectOf, type Subject } from "./subject.ts";

/** Minors whose defaults are known, ascending. */
export { BOOTSTRAP_MINORS };

export type Recognition =
  | { /** No default has this name. */ readonly kind: "custom" }
  | { readonly kind: "default" }
  | {
      /** It has the name of a default and says something else. */
      readonly kind: "changed";
      readonly missingRules: readonly PolicyRule[];
      readonly extraRules: readonly PolicyRule[];
      readonly missingSubjects: readonly Subject[];
      readonly extraSubjects: readonly Subject[];
      /** Labels, selectors or the role referred to differ. */
      readonly isRewired: boolean;
      /** The minor whose default it was compared with: another than asked for where that one is not known. */
      readonly comparedWith: KubernetesMinor;
    };

interface DefaultRole {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The one label of each selector, for aggregated roles. */
  readonly gathers: readonly Readonly<Record<string, string>>[];
  readonly rules: readonly PolicyRule[];
  /** Rules that feature gates of the minor may add. */
  readonly gatedRules: readonly PolicyRule[];
}

interface DefaultBinding {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly Subject[];
}

interface Defaults {
  readonly roles: ReadonlyMap<string, DefaultRole>;
  readonly bindings: ReadonlyMap<string, DefaultBinding>;
}

const NO_RULES: readonly PolicyRule[] = [];
const NO_SUBJECTS: readonly Subject[] = [];
const CUSTOM: Recognition = { kind: "custom" };
const DEFAULT: Recognition = { kind: "default" };

/** The known minor whose defaults stand for `minor`: itself, or the nearest. */
function bootstrapMinor(minor: KubernetesMinor): KubernetesMinor {
  return BOOTSTRAP_MINORS.reduce((near, known) => (Math.abs(known - minor) < Math.abs(near - minor) ? known : near));
}

/**
 * Whether a role is the default of its name in the minor. A role is also the default when feature gates of the minor
 * add to it. For a minor that is not known, the default of any known minor is accepted, and the nearest is compared.
 */
export function recogniseRole<S>(role: RoleRecord<S>, minor: KubernetesMinor): Recognition {
  const key = keyOf(role.resource);
  const compared = candidates(minor).flatMap((known) => {
    const expected = defaultsOf(known).roles.get(key);
    return expected === undefined ? [] : [compareRole(role, expected, known)];
  });
  return compared.find(({ kind }) => kind === "default") ?? compared[0] ?? CUSTOM;
}

/** Whether a binding is the default of its name: same role, same subjects. */
export function recogniseBinding<S>(binding: BindingRecord<S>, minor: KubernetesMinor): Recognition {
  const key = keyOf(binding.resource);
  const compared = candidates(minor).flatMap((known) => {
    const expected = defaultsOf(known).bindings.get(key);
    return expected === undefined ? [] : [compareBinding(binding, expected, known)];
  });
  return compared.find(({ kind }) => kind === "default") ?? compared[0] ?? CUSTOM;
}

/** The default roles of a minor as objects, for manifests that refer to roles they do not bring, such as `view`. */
export function* defaultRoles(minor: KubernetesMinor): Generator<KubernetesObject> {
  for (const { kind, namespace, name, labels, gathers, rules } of defaultsOf(bootstrapMinor(minor)).roles.values()) {
    const metadata = { name, labels, ...(namespace === "" ? {} : { namespace }) };
    const aggregationRule = { clusterRoleSelectors: gathers.map((matchLabels) => ({ matchLabels })) };
    yield { apiVersion: RBAC_API_VERSION, kind, metadata, rules, ...(gathers.length === 0 ? {} : { aggregationRule }) };
  }
}

/** The default bindings of a minor as objects: what a cluster grants before anybody grants anything. */
export function* defaultBindings(minor: KubernetesMinor): Generator<KubernetesObject> {
  for (const binding of defaultsOf(bootstrapMinor(minor)).bindings.values()) {
    const { kind, namespace, name, roleKind, roleName, subjects } = binding;
    const metadata = { name, ...(namespace === "" ? {} : { namespace }) };
    const roleRef = { apiGroup: RBAC_GROUP, kind: roleKind, name: roleName };
    yield { apiVersion: RBAC_API_VERSION, kind, metadata, roleRef, subjects };
  }
}

function candidates(minor: KubernetesMinor): readonly KubernetesMinor[] {
  if (BOOTSTRAP_MINORS.includes(minor)) return [minor];
  return BOOTSTRAP_MINORS.toSorted((one, other) => Math.abs(one - minor) - Math.abs(other - minor));
}

function compareRole<S>(role: RoleRecord<S>, expected: DefaultRole, comparedWith: KubernetesMinor): Recognition {
  const isRewired = !hasLabels(role.labels, expected.labels) || !gathersSame(role.selectors, expected.gathers);
  // The rules of an aggregated role are what others give it, so only its selectors are its own.
  const isAggregated = expected.gathers.length > 0;
  const own = role.rules.rules;
  const missingRules = isAggregated ? NO_RULES : covers(own, expected.rules).uncovered;
  const extraRules = isAggregated ? NO_RULES : covers([...expected.rules, ...expected.gatedRules], own).uncovered;
  if (!isRewired && missingRules.length + extraRules.length === 0) return DEFAULT;
  return {
    kind: "changed",
    missingRules,
    extraRules,
    missingSubjects: NO_SUBJECTS,
    extraSubjects: NO_SUBJECTS,
    isRewired,
    comparedWith,
  };
}

function compareBinding<S>(
  { roleRef, subjects }: BindingRecord<S>,
  expected: DefaultBinding,
  comparedWith: KubernetesMinor,
): Recognition {
  const isRewired = roleRef.kind !== expected.roleKind || roleRef.name !== expected.roleName;
  const missingSubjects = expected.subjects.filter((one) => !subjects.some((other) => isSame(one, other)));
  const extraSubjects = subjects.filter((one) => !expected.subjects.some((other) => isSame(one, other)));
  if (!isRewired && missingSubjects.length + extraSubjects.length === 0) return DEFAULT;
  return {
    kind: "changed",
    missingRules: NO_RULES,
    extraRules: NO_RULES,
    missingSubjects,
    extraSubjects,
    isRewired,
    comparedWith,
  };
}

function isSame(one: Subject, other: Subject): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

function hasLabels(labels: Labels, expected: Readonly<Record<string, string>>): boolean {
  return Object.entries(expected).every(([name, value]) => labels?.[name] === value);
}

function gathersSame(
  selectors: readonly LabelSelector[] | undefined,
  expected: readonly Readonly<Record<string, string>>[],
): boolean {
  const found = (selectors ?? []).map(({ matchLabels, matchExpressions }) =>
    JSON.stringify([matchLabels ?? {}, matchExpressions ?? []]),
  );
  const wanted = expected.map((matchLabels) => JSON.stringify([matchLabels, []]));
  return found.length === wanted.length && wanted.every((text) => found.includes(text));
}

const decoded = new Map<KubernetesMinor, Defaults>();

function defaultsOf(minor: KubernetesMinor): Defaults {
  let defaults = decoded.get(minor);
  if (defaults === undefined) decoded.set(minor, (defaults = decode(minor)));
  return defaults;
}

function decode(minor: KubernetesMinor): Defaults {
  const isAt = (minors: string) => minors.split(" ").includes(String(minor));
  const roles = BOOTSTRAP_ROLES.filter(([, minors]) => isAt(minors)).map(([role, , rules]) => decodeRole(role, rules));
  const bindings = BOOTSTRAP_BINDINGS.filter(([, minors]) => isAt(minors)).map(([packed]) => decodeBinding(packed));
  return {
    roles: new Map(roles.map((role) => [keyOf(role), role])),
    bindings: new Map(bindings.map((binding) => [keyOf(binding), binding])),
  };
}

function decodeRole(packed: string, packedRules: string): DefaultRole {
  const [kind = "", namespace = "", name = "", labels = "", gathers = ""] = packed.split("|");
  const [rules = "", gatedRules = ""] = packedRules.split(";");
  return {
    kind,
    namespace,
    name,
    labels: decodeLabels(labels),
    gathers: gathers === "" ? [] : gathers.split(" ").map(decodeLabels),
    rules: decodeRules(rules),
    gatedRules: decodeRules(gatedRules),
  };
}

function decodeBinding(packed: string): DefaultBinding {
  const [kind = "", namespace = "", name = "", roleKind = "", roleName = "", subjects = ""] = packed.split("|");
  const list = subjects === "" ? [] : subjects.split(",");
  return {
    kind,
    namespace,
    name,
    roleKind,
    roleName,
    subjects: list.map((text) => {
      const [subjectKind = "", subjectNamespace = "", ...rest] = text.split("/");
      return subjectOf({ kind: subjectKind, namespace: subjectNamespace, name: rest.join("/") });
    }),
  };
}

function decodeLabels(packed: string): Readonly<Record<string, string>> {
  const pairs = packed === "" ? [] : packed.split(",");
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

function decodeRules(numbers: string): readonly PolicyRule[] {
  const list = numbers === "" ? [] : numbers.split(" ");
  return list.map((number) => {
    const [verbs, apiGroups, resources, resourceNames, nonResourceURLs] = (BOOTSTRAP_RULES[Number(number)] ?? "")
      .split("|")
      .map((packed) => (packed === "" ? [] : packed.split(",").map((text) => (text === "~" ? "" : text))));
    return {
      verbs: verbs ?? [],
      apiGroups: apiGroups ?? [],
      resources: resources ?? [],
      resourceNames: resourceNames ?? [],
      nonResourceURLs: nonResourceURLs ?? [],
    };
  });
}

function keyOf({
  kind,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}) {
  return `${kind}/${namespace}/${name}`;
}
