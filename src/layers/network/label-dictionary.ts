// Labels reduced to what selectors can tell apart: keys that some selector names, and for each key the values that some
// selector names; every other value is one value. Selectors are interned, so equal ones are compiled and matched once.

import type { Labels, LabelSelector } from "../../kubernetes/label-selector.ts";

/** `key, value, key, value, …` by dictionary numbers, keys rising. */
export type LabelCode = Int32Array;

const NO_LABELS: LabelCode = new Int32Array(0);

/** Any value that no selector names. */
const OTHER_VALUE = 0;

export interface Requirement {
  readonly key: number;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly number[];
}

export interface CompiledSelector {
  readonly id: number;
  /** Empty: matches everything. */
  readonly requirements: readonly Requirement[];
}

export interface LabelDictionary {
  /** The interned selector; its keys and values become known. The selector must be valid. */
  readonly compile: (selector: LabelSelector) => CompiledSelector;
  /** Reduces labels to the known keys and values. */
  readonly encode: (labels: Labels) => LabelCode;
  /** The same, into a list that is emptied first: for many pods that share few codes. */
  readonly encodeInto: (labels: Labels, pairs: number[]) => void;
  /** Keys and values in the order they became known: labels that have a later one may encode differently now. */
  readonly words: () => readonly LabelWord[];
}

/** A key, or a value of a known key. */
export interface LabelWord {
  readonly key: string;
  readonly value: string | undefined;
}

interface KnownKey {
  readonly id: number;
  readonly name: string;
  readonly values: Map<string, number>;
  /** Selectors of one value and nothing else, by value. */
  readonly equals: (CompiledSelector | undefined)[];
}

export function createLabelDictionary(): LabelDictionary {
  const keys = new Map<string, KnownKey>();
  const interned = new Map<string, CompiledSelector>();
  let selectorCount = 0;
  let everything: CompiledSelector | undefined;
  const words: LabelWord[] = [];

  const keyOf = (name: string): KnownKey => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    words.push({ key: name, value: undefined });
    const key: KnownKey = { id: keys.size, name, values: new Map(), equals: [] };
    keys.set(name, key);
    return key;
  };
  const valueOf = (key: KnownKey, value: string): number => {
    const known = key.values.get(value);
    if (known !== undefined) return known;
    words.push({ key: key.name, value });
    const id = key.values.size + 1;
    key.values.set(value, id);
    return id;
  };
  const requirement = (name: string, operator: Requirement["operator"], values: readonly string[]): Requirement => {
    const key = keyOf(name);
    const ids = values.map((value) => valueOf(key, value));
    if (ids.length > 1) ids.sort((a, b) => a - b);
    return { key: key.id, operator, values: ids };
  };
  const encodeInto = (labels: Labels, pairs: number[]): void => {
    pairs.length = 0;
    for (const name in labels) {
      const key = keys.get(name);
      if (key === undefined || !Object.hasOwn(labels, name)) continue;
      insertByKey(pairs, key.id, key.values.get(labels[name] ?? "") ?? OTHER_VALUE);
    }
  };
  const made = (requirements: readonly Requirement[]): CompiledSelector => ({ id: selectorCount++, requirements });
  const equal = (name: string, value: string): CompiledSelector => {
    const key = keyOf(name);
    const id = valueOf(key, value);
    return (key.equals[id] ??= made([{ key: key.id, operator: "In", values: [id] }]));
  };
  const general = (requirements: readonly Requirement[]): CompiledSelector => {
    const texts = requirements.map(({ key, operator, values }) => `${key} ${operator} ${values.join()}`);
    const text = texts.length < 2 ? (texts[0] ?? "") : texts.sort().join(";");
    let known = interned.get(text);
    if (known === undefined) interned.set(text, (known = made(requirements)));
    return known;
  };
  return {
    words: () => words,
    compile: (selector) => {
      const { matchLabels, matchExpressions } = selector;
      if (matchExpressions == null || matchExpressions.length === 0) {
        const only = onlyKey(matchLabels);
        if (only === "") return (everything ??= made([]));
        if (only !== undefined) return equal(only, matchLabels?.[only] ?? "");
      }
      const requirements = requirementsOf(selector, requirement);
      return requirements.length === 0 ? (everything ??= made([])) : general(requirements);
    },
    encode: (labels) => {
      const pairs: number[] = [];
      encodeInto(labels, pairs);
      return pairs.length === 0 ? NO_LABELS : Int32Array.from(pairs);
    },
    encodeInto,
  };
}

/** The only key; an empty text where there is none, `undefined` where there are more. No key is empty. */
function onlyKey(labels: Labels): string | undefined {
  let only = "";
  for (const name in labels) {
    if (!Object.hasOwn(labels, name)) continue;
    if (only !== "" || name === "") return undefined;
    only = name;
  }
  return only;
}

function requirementsOf(
  selector: LabelSelector,
  requirement: (name: string, operator: Requirement["operator"], values: readonly string[]) => Requirement,
): readonly Requirement[] {
  const requirements: Requirement[] = [];
  const { matchLabels, matchExpressions } = selector;
  for (const name of Object.keys(matchLabels ?? {})) {
    requirements.push(requirement(name, "In", [matchLabels?.[name] ?? ""]));
  }
  for (const expression of matchExpressions ?? []) {
    const operator = expression?.operator;
    if (operator !== "In" && operator !== "NotIn" && operator !== "Exists" && operator !== "DoesNotExist") continue;
    const values = (expression?.values ?? []).map((value) => value ?? "");
    requirements.push(requirement(expression?.key ?? "", operator, values));
  }
  return requirements;
}

function insertByKey(pairs: number[], key: number, value: number): void {
  let at = pairs.length;
  pairs.push(key, value);
  while (at > 0 && (pairs[at - 2] ?? 0) > key) {
    pairs[at] = pairs[at - 2] ?? 0;
    pairs[at + 1] = pairs[at - 1] ?? 0;
    at -= 2;
  }
  pairs[at] = key;
  pairs[at + 1] = value;
}

/** Whether a selector takes these labels (labels.Requirement.Matches: NotIn and DoesNotExist take what lacks the key). */
export function selects(selector: CompiledSelector, labels: LabelCode): boolean {
  for (const requirement of selector.requirements) if (!satisfies(requirement, labels)) return false;
  return true;
}

export function satisfies(requirement: Requirement, labels: LabelCode): boolean {
  const value = valueIn(labels, requirement.key);
  switch (requirement.operator) {
    case "In":
      return value !== undefined && requirement.values.includes(value);
    case "NotIn":
      return value === undefined || !requirement.values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
  }
}

function valueIn(labels: LabelCode, key: number): number | undefined {
  for (let at = 0; at < labels.length; at += 2) {
    if (labels[at] === key) return labels[at + 1];
  }
  return undefined;
}
