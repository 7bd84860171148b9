// What evidence looks like in formats for people: `privileged: true`, `agent.yaml:29:13`, `init setup`.

import { qualifiedName, type ResourceId } from "../cluster/resource-id.ts";
import type { Position } from "../cluster/resource.ts";
import type { Finding, LocatedEvidence } from "../verdicts/finding.ts";
import type { Catalogue } from "./catalogue.ts";
import { printable } from "./printable.ts";

const LONGEST_VALUE = 60;

/** The nearest property name of the evidence's path. */
function fieldOf({ path }: LocatedEvidence): string {
  return printable(path.findLast((segment) => typeof segment === "string") ?? "");
}

/** `privileged: true`, `runAsNonRoot: unset (default false)`, `token: not shown`. One line, at most as long as it helps. */
export function valueText(evidence: LocatedEvidence, catalogue: Catalogue): string {
  const field = fieldOf(evidence);
  if (evidence.redacted === true) return `${field}: ${catalogue.say("report.redacted")}`;
  if (evidence.absent !== true) {
    return `${field}: ${shorten(printable(flowText(evidence.value)), LONGEST_VALUE)}`;
  }
  const unset = `${field}: ${catalogue.say("report.unset")}`;
  if (evidence.default === undefined) return unset;
  const value = shorten(printable(JSON.stringify(evidence.default) ?? "null"), LONGEST_VALUE);
  return catalogue.say("report.unset-default", { unset, value });
}

/** `add: SYS_ADMIN, SYS_PTRACE`: what a finding found in its own object, values of one field together. */
export function valuesText({ evidence }: Finding, catalogue: Catalogue): string {
  const texts = evidence.filter(({ resource }) => resource === undefined).map((one) => valueText(one, catalogue));
  const shared = texts.map((text) => text.slice(0, text.indexOf(": ") + 2));
  const isOneField = shared.every((start) => start.length > 2 && start === shared[0]);
  const parts = isOneField ? texts.map((text, index) => (index === 0 ? text : text.slice(shared[0]?.length))) : texts;
  return shorten([...new Set(parts)].join(", "), LONGEST_VALUE * 2);
}

/** A value as YAML would have it on one line: `{path: /run/docker.sock, type: Socket}`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (value === null || typeof value !== "object") {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
  }
  const entries = Object.entries(value).map(([name, inner]) => `${name}: ${flowText(inner)}`);
  return `{${entries.join(", ")}}`;
}

/** `Deployment shop/cart`. */
export function resourceText(resource: ResourceId): string {
  return printable(`${resource.kind} ${qualifiedName(resource)}`);
}

/** `agent.yaml:29:13`, or `templates/agent.yaml (rendered 29:13)`; empty for what comes from no file. */
export function placeText(position: Position | undefined): string {
  if (position === undefined) return "";
  const file = position.file === "-" ? "stdin" : printable(position.file);
  return position.rendered === undefined ? `${file}:${lineText(position)}` : `${file} (${lineText(position)})`;
}

/** `29:13`, or `rendered 29:13`: a line of the rendered text must not be looked for in the file. */
export function lineText({ line, column, rendered }: Position): string {
  return rendered === undefined ? `${line}:${column}` : `rendered ${rendered.line}:${rendered.column}`;
}

/**
 * The part of the resource a finding is about: a container (`init setup`, `ephemeral debug`), a volume. Empty when the
 * value already names it.
 */
export function partText({ key, evidence: [first], arguments: values }: Finding): string {
  const name = printable(key.slice(key.lastIndexOf("/") + 1));
  if (name === "" || (first !== undefined && (name === fieldOf(first) || name.endsWith(`.${fieldOf(first)}`))))
    return "";
  if (first?.path.includes("initContainers") === true) return `init ${name}`;
  if (first?.path.includes("ephemeralContainers") === true) return `ephemeral ${name}`;
  const { similar } = values;
  return typeof similar === "string" && similar !== NONE_SIMILAR ? `${name} ≈ ${printable(similar)}` : name;
}

/** How the argument `similar` of rules about names says that nothing comes near. */
const NONE_SIMILAR = "–";

/** At most `most` UTF-16 units, never half a character. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
