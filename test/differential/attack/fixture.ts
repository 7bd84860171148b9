// A technique's fixture as objects for a shared server: whatever is cluster-wide, namespaces, users and groups carry a prefix,
// so that many of them live beside each other.

import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface Fixture {
  readonly objects: readonly ApiObject[];
  /** `user system:serviceaccount:shop:builder`. */
  readonly attacker: string;
  /** The key of what is promised, its parts apart. */
  readonly gains: string;
}

/** The user behind the attacker: of a container, the account of its pod. */
export function userOf({ attacker, objects }: Fixture): string {
  const [kind = "", what = ""] = attacker.split(" ");
  if (kind !== "container") return what;
  const [, , namespace, name] = what.split("/");
  const pod = objects.find(
    ({ kind: one, metadata }) => one === "Pod" && metadata.namespace === namespace && metadata.name === name,
  );
  const spec = pod?.["spec"] as { readonly serviceAccountName?: string } | undefined; // of a pod
  return `system:serviceaccount:${namespace}:${spec?.serviceAccountName ?? "default"}`;
}

const FOLDER = new URL("../../../src/attack/techniques/", import.meta.url);

export function readFixture(technique: string, file: "positive" | "negative"): Fixture {
  const text = readFileSync(new URL(`${technique}/${file}.yaml`, FOLDER), "utf8");
  const comment = (name: string): string => new RegExp(`^# ${name}: (.*)$`, "m").exec(text)?.[1]?.trim() ?? "";
  return {
    objects: loadAll(text) as readonly ApiObject[], // our own fixtures
    attacker: comment("attacker"),
    gains: comment("gains"),
  };
}

export type Rename = (text: string) => string;

const SHARED_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "default"]);
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(["ClusterRole", "ClusterRoleBinding", "Namespace", "Node"]);

/** Names of the fixture's own with the prefix, alone and inside the names of service accounts, nodes and CRDs. */
export function renaming(fixture: Fixture, prefix: string): Rename {
  const { objects } = fixture;
  const own = new Set<string>();
  const namespaceOfAttacker = /^system:serviceaccount:([^:]+):/.exec(userOf(fixture))?.[1];
  if (namespaceOfAttacker !== undefined) own.add(namespaceOfAttacker);
  for (const { kind, metadata, subjects, spec } of objects) {
    const { namespace } = metadata;
    if (namespace !== undefined && !SHARED_NAMESPACES.has(namespace)) own.add(namespace);
    if (CLUSTER_SCOPED.has(kind) || kind.endsWith("Configuration") || kind.startsWith("Mutating"))
      own.add(metadata.name);
    if (namespace !== undefined && SHARED_NAMESPACES.has(namespace) && kind !== "ConfigMap") own.add(metadata.name);
    if (kind === "CustomResourceDefinition") own.add((spec as { readonly group: string }).group);
    for (const subject of (subjects ?? []) as readonly { readonly name: string; readonly namespace?: string }[]) {
      if (subject.namespace !== undefined && !SHARED_NAMESPACES.has(subject.namespace)) own.add(subject.namespace);
      else if (subject.namespace === undefined && !subject.name.startsWith("system:")) own.add(subject.name);
    }
  }
  const ofOwn = (text: string): string => (own.has(text) ? `${prefix}-${text}` : text);
  return (text) => {
    if (own.has(text)) return ofOwn(text);
    const inside = /^(system:(?:serviceaccount|serviceaccounts|node):)(.+)$/.exec(text);
    if (inside !== null) return `${inside[1]}${(inside[2] ?? "").split(":").map(ofOwn).join(":")}`;
    const dot = text.indexOf(".");
    if (dot > 0 && own.has(text.slice(dot + 1))) return `${text.slice(0, dot + 1)}${prefix}-${text.slice(dot + 1)}`;
    const slash = text.indexOf("/");
    if (slash > 0 && own.has(text.slice(0, slash))) return `${prefix}-${text}`;
    return text;
  };
}

export function renamed<T>(value: T, rename: Rename): T {
  if (typeof value === "string") return rename(value) as T; // a text stays a text
  if (Array.isArray(value)) return value.map((entry) => renamed(entry as unknown, rename)) as T; // and a list a list
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renamed(entry as unknown, rename)])) as T; // same keys
}
