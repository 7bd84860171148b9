// Everything a workload is told in texts: variables, arguments, and the ConfigMaps it takes them from or has as files.

import type { Resource } from "../../../cluster/resource.ts";
import { containersOf } from "../../../kubernetes/containers.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { Container, Volume } from "../../../kubernetes/pod.ts";
import { fileKeysOf } from "./mounted-files.ts";
import type { Place } from "./need-notes.ts";
import type { Surroundings } from "./surroundings.ts";
import { isScript, linesOf } from "./file-lines.ts";
import { dataOf, variablesOf, type Variables } from "./variables.ts";
import type { WorkloadSpec } from "./workload-spec.ts";

export interface Setting {
  /** Of the variable, the flag or the key; empty when there is none. */
  readonly name: string;
  readonly text: string;
  /** The part that may be a bare host. */
  readonly value: string;
  readonly place: Place;
  /** `command` is all words of a container together, whose single words are settings too; `script` a line of a script. */
  readonly form: "value" | "argument" | "file" | "command" | "script";
  /** The port that stands beside a host, where one does. */
  readonly siblingPort: number | undefined;
}

/** Settings in the order written. Linear in the texts. */
export function* settingsOf(workload: WorkloadSpec, surroundings: Surroundings): Generator<Setting> {
  for (const { container, path } of containersOf(workload.spec)) {
    const at = [...workload.templatePath, "spec", ...path];
    const variables = variablesOf(container, workload.workload.namespace, surroundings);
    yield* ofVariables(workload, container, at, variables, surroundings);
    yield* ofArguments(workload.resource, container, at, variables);
  }
  for (const volume of workload.spec.volumes ?? [])
    if (volume !== null) yield* ofVolume(workload, volume, surroundings);
}

function* ofVariables(
  { resource, workload: { namespace } }: WorkloadSpec,
  container: Container,
  at: Path,
  variables: Variables,
  surroundings: Surroundings,
): Generator<Setting> {
  for (const from of container.envFrom ?? []) {
    const name = from?.configMapRef?.name;
    if (!name) continue;
    const source = surroundings.configMap(namespace, name);
    if (source === undefined) continue;
    for (const [key, text] of Object.entries(dataOf(surroundings, namespace, name))) {
      const place: Place = { kind: "config-map", resource: source, path: ["data", key] };
      yield variable(`${from?.prefix ?? ""}${key}`, text, place, variables);
      yield* flagsIn(text, place);
    }
  }
  for (const [index, one] of (container.env ?? []).entries()) {
    if (!one?.name) continue;
    if (one.value != null) {
      const place: Place = { kind: "environment", resource, path: [...at, "env", index, "value"] };
      const expanded = variables.expand(one.value);
      yield variable(one.name, expanded, place, variables);
      yield* flagsIn(expanded, place);
      continue;
    }
    const reference = one.valueFrom?.configMapKeyRef;
    const source = reference?.name ? surroundings.configMap(namespace, reference.name) : undefined;
    const key = reference?.key ?? "";
    const text = reference?.name ? dataOf(surroundings, namespace, reference.name)[key] : undefined;
    if (source === undefined || text === undefined) continue;
    yield variable(one.name, text, { kind: "config-map", resource: source, path: ["data", key] }, variables);
  }
}

function variable(name: string, text: string, place: Place, variables: Variables): Setting {
  const sibling = Number(variables.value(siblingName(name)));
  return {
    name,
    text,
    value: text,
    place,
    form: "value",
    siblingPort: sibling >= 1 && sibling <= 65535 ? sibling : undefined,
  };
}

/** `DB_PORT` of `DB_HOST`. */
function siblingName(name: string): string {
  return name.replace(/(?:HOST(?:NAME)?|ADDR(?:ESS)?|SERVER|ENDPOINT|IP)S?$/i, "PORT").replace(/^PORT$/, "");
}

function* ofArguments(resource: Resource, container: Container, at: Path, variables: Variables): Generator<Setting> {
  const words: string[] = [];
  for (const field of ["command", "args"] as const) {
    let flag = "";
    for (const [index, written] of (container[field] ?? []).entries()) {
      const text = variables.expand(written ?? "");
      words.push(text);
      const place: Place = { kind: "argument", resource, path: [...at, field, index] };
      const [, name = "", value] = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(text) ?? [];
      if (text.includes("\n") || /\s/.test(text.trim())) yield* ofScript(text, place);
      else if (name !== "" && value === undefined) flag = name;
      else {
        yield {
          name: name || flag,
          text: value ?? text,
          value: value ?? text,
          place,
          form: "argument",
          siblingPort: undefined,
        };
        flag = "";
      }
    }
  }
  const place: Place = { kind: "argument", resource, path: [...at, container.args == null ? "command" : "args"] };
  const line = words.filter((word) => !word.includes("\n") && !/\s/.test(word)).join(" ");
  yield { name: "", text: line, value: "", place, form: "command", siblingPort: undefined };
}

/** Flags with values inside a longer text: `-Dcache.host=redis --db-host=postgres`. */
function* flagsIn(text: string, place: Place): Generator<Setting> {
  if (!text.includes("=") || !text.includes("-")) return;
  for (const [, name = "", value = ""] of text.slice(0, LONGEST_LINE).matchAll(FLAG)) {
    yield { name, text: value, value, place, form: "argument", siblingPort: undefined };
  }
}

const FLAG = /(?<=^|[\s"'])--?D?([A-Za-z][\w.-]*)=([^\s"']+)/g;

function* ofScript(text: string, place: Place): Generator<Setting> {
  for (const line of text.split("\n", MOST_LINES)) {
    if (line.trimStart().startsWith("#") || line.length > LONGEST_LINE) continue;
    yield* flagsIn(line, place);
    yield { name: "", text: line, value: "", place, form: "script", siblingPort: undefined };
  }
}

const MOST_LINES = 20_000;
const LONGEST_LINE = 16_384;

function* ofVolume(
  { workload: { namespace } }: WorkloadSpec,
  volume: Volume,
  surroundings: Surroundings,
): Generator<Setting> {
  for (const { name, keys } of fileKeysOf(volume)) {
    const resource = surroundings.configMap(namespace, name);
    if (resource === undefined) continue;
    for (const [key, text] of Object.entries(dataOf(surroundings, namespace, name))) {
      if (keys !== undefined && !keys.includes(key)) continue;
      if (key === "_example") continue; // documentation that the program does not read
      const place: Place = { kind: "config-map", resource, path: ["data", key] };
      if (isScript(key, text)) yield* ofScript(text, place);
      else yield* ofFile(key, text, place);
    }
  }
}

function* ofFile(key: string, text: string, place: Place): Generator<Setting> {
  const isOneLine = !text.trim().includes("\n");
  for (const { text: line, name, value, siblingPort } of linesOf(text)) {
    const isWhole = isOneLine && name === "";
    yield {
      name: isWhole ? key : name,
      text: line,
      value: isWhole ? text.trim() : value,
      place,
      form: "file",
      siblingPort,
    };
  }
}
