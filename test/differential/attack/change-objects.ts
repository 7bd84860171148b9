// A change that Ringwall proposes, made on the objects of a fixture.

import type { Change } from "../../../src/attack/fact.ts";
import type { Path } from "../../../src/kubernetes/path.ts";
import type { Power } from "../../../src/attack/power.ts";
import type { ApiObject } from "./fixture.ts";

interface Rule {
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
}

export function changeObjects(
  objects: readonly ApiObject[],
  change: Change,
  powers: readonly Power[],
): readonly ApiObject[] {
  switch (change.kind) {
    case "narrow-role": {
      const power = powers.find(({ id }) => id === change.power);
      if (power === undefined) throw new Error(`unknown power ${change.power}`);
      return replaced(objects, change.role.id, (object) => ({
        ...object,
        rules: (object["rules"] as readonly Rule[]).flatMap((rule, index) =>
          // of a role
          index === change.rule ? without(rule, power) : [rule],
        ),
      }));
    }
    case "remove-subject":
      return replaced(objects, change.binding.id, (object) => ({
        ...object,
        subjects: (object["subjects"] as readonly unknown[]).filter((_, index) => index !== change.index), // of a binding
      }));
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
