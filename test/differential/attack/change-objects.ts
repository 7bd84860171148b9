// A change that Ringwall proposes, made on the objects of a fixture.

import type { Change } from "../../../src/attack/fact.ts";
import type { Path } from "../../../src/kubernetes/path.ts";
import type { Power } from "../../../src/attack/power.ts";
import type { ApiObject } from "./fixture.ts";

interface Rule {
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
}

/** The objects after the changes. Numbers of rules and subjects mean those of the objects as given. */
export function changeObjects(
  objects: readonly ApiObject[],
  changes: readonly Change[],
  powers: readonly Power[],
): readonly ApiObject[] {
  // What is written in one object is written at once, or the first change would renumber what the next is about.
  const narrowed = Map.groupBy(changes.filter(isNarrowing), ({ role }) => keyOf(role.id));
  const taken = Map.groupBy(changes.filter(isRemoval), ({ binding }) => keyOf(binding.id));
  const written = objects.map((object) => {
    const id = { kind: object.kind, namespace: object.metadata.namespace ?? "", name: object.metadata.name };
    const narrowings = narrowed.get(keyOf(id));
    const removals = taken.get(keyOf(id));
    if (narrowings !== undefined) return narrowedRole(object, narrowings, powers);
    return removals === undefined ? object : withoutSubjects(object, removals);
  });
  const others = changes.filter((change) => !isNarrowing(change) && !isRemoval(change));
  return others.reduce(changed, written);
}

type Narrowing = Extract<Change, { readonly kind: "narrow-role" }>;
type Removal = Extract<Change, { readonly kind: "remove-subject" }>;

const isNarrowing = (change: Change): change is Narrowing => change.kind === "narrow-role";
const isRemoval = (change: Change): change is Removal => change.kind === "remove-subject";

function keyOf({ kind, namespace, name }: Named): string {
  return `${kind}/${namespace}/${name}`;
}

function narrowedRole(object: ApiObject, changes: readonly Narrowing[], powers: readonly Power[]): ApiObject {
  const rules = object["rules"] as readonly Rule[]; // of a role
  const left = rules.flatMap((rule, index) => {
    const mine = changes.filter((change) => change.rule === index);
    return mine.reduce<readonly Rule[]>(
      (some, { power: wanted }) => {
        const power = powers.find(({ id }) => id === wanted);
        if (power === undefined) throw new Error(`unknown power ${wanted}`);
        return some.flatMap((one) => without(one, power));
      },
      [rule],
    );
  });
  return { ...object, rules: left };
}

function withoutSubjects(object: ApiObject, changes: readonly Removal[]): ApiObject {
  const subjects = object["subjects"] as readonly unknown[]; // of a binding
  return { ...object, subjects: subjects.filter((_, index) => !changes.some((change) => change.index === index)) };
}

function changed(objects: readonly ApiObject[], change: Exclude<Change, Narrowing | Removal>): readonly ApiObject[] {
  switch (change.kind) {
    case "enforce-level": {
      const labels = { "pod-security.kubernetes.io/enforce": change.level };
      const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: change.namespace, labels } };
      const isIt = ({ kind, metadata }: ApiObject) => kind === "Namespace" && metadata.name === change.namespace;
      return [...objects.filter((object) => !isIt(object)), namespace];
    }
    case "delete-object": {
      const { id } = change.resource;
      return objects.filter((object) => !isSame(object, id));
    }
    case "no-token":
      return replaced(objects, change.workload.id, withoutToken);
    case "change-field":
      return replaced(objects, change.resource.id, (object) => withoutValue(object, entryOf(change.path)) as ApiObject); // a field less
  }
}

/** The rule without the power: the other verbs on its resource stay, and the other resources. */
function without(rule: Rule, { verbs, resource }: Power): readonly Rule[] {
  const isGiven =
    (rule.resources.includes(resource) || rule.resources.some((one) => one.includes("*"))) &&
    rule.verbs.some((verb) => verb === "*" || verbs.includes(verb));
  if (!isGiven) return [rule]; // what an earlier change has left of it
  const others = rule.resources.filter((one) => one !== resource);
  const otherVerbs = rule.verbs.filter((verb) => !verbs.includes(verb));
  const isListed = others.length < rule.resources.length && otherVerbs.length < rule.verbs.length;
  if (!isListed) return []; // by a wildcard: the rule goes
  return [
    ...(others.length === 0 ? [] : [{ ...rule, resources: others }]),
    ...(otherVerbs.length === 0 ? [] : [{ ...rule, resources: [resource], verbs: otherVerbs }]),
  ];
}

function withoutToken(object: ApiObject): ApiObject {
  const spec = object["spec"] as Readonly<Record<string, unknown>>; // of a pod or of what makes pods
  if (object.kind === "Pod") return { ...object, spec: { ...spec, automountServiceAccountToken: false } };
  const template = spec["template"] as { readonly spec: object }; // of a workload
  const changed = { ...template, spec: { ...template.spec, automountServiceAccountToken: false } };
  return { ...object, spec: { ...spec, template: changed } };
}

/** A required field cannot go alone: the entry of the list that it is in goes. */
function entryOf(path: Path): Path {
  const list = path.findLastIndex((key) => key === "envFrom" || key === "env" || key === "volumes");
  return list === -1 ? path : path.slice(0, list + 2);
}

function withoutValue(value: unknown, [first, ...rest]: Path): unknown {
  if (Array.isArray(value))
    return rest.length === 0
      ? value.filter((_, index) => index !== first)
      : value.map((entry: unknown, index) => (index === first ? withoutValue(entry, rest) : entry));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).flatMap(([key, entry]): readonly (readonly [string, unknown])[] => {
    if (key !== first) return [[key, entry]];
    return rest.length === 0 ? [] : [[key, withoutValue(entry, rest)]];
  });
  return Object.fromEntries(entries);
}

type Named = { readonly kind: string; readonly namespace: string; readonly name: string };

function replaced(
  objects: readonly ApiObject[],
  id: Named,
  change: (object: ApiObject) => ApiObject,
): readonly ApiObject[] {
  if (!objects.some((object) => isSame(object, id))) throw new Error(`${id.kind} ${id.name} is not in the fixture`);
  return objects.map((object) => (isSame(object, id) ? change(object) : object));
}

function isSame({ kind, metadata }: ApiObject, id: Named): boolean {
  return kind === id.kind && metadata.name === id.name && (metadata.namespace ?? "") === id.namespace;
}
