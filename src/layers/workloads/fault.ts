// What a workload rule found: a field, and how to name it. The templates of rules turn faults into verdicts.

import { valueAt, type Path } from "../../kubernetes/path.ts";
import type { Evidence } from "../../verdicts/evidence.ts";
import type { Failure } from "../../verdicts/outcome.ts";

/** One field that breaks an expectation. */
export interface Fault {
  /** From the root the rule was given: a container, a pod template or an object. */
  readonly field: Path;
  /** What Kubernetes assumes where the field is absent. */
  readonly assumed?: unknown;
  /** The value must never be shown. */
  readonly isRedacted?: true;
  /** Name of the list element it is about (a variable, a volume): a finding of its own. */
  readonly element?: string;
  /** How the message shows the value, where the field itself is not what a person wants to read. */
  readonly shown?: string;
}

/** What `find` of a rule may give: nothing is a pass. */
export type Faults = Fault | readonly Fault[] | undefined;

const NONE: readonly Fault[] = [];

export function listOf(faults: Faults): readonly Fault[] {
  if (faults === undefined) return NONE;
  return "field" in faults ? [faults] : faults;
}

/**
 * One failure for faults of one subject. `root` is what their fields are relative to and stands at `at` in the object.
 * Messages may use `{name}` (the subject, else the element), `{element}` and `{value}`.
 */
function failureOf(root: unknown, at: Path, name: string, faults: readonly Fault[]): Failure {
  const [first, second] = faults;
  if (first !== undefined && second === undefined) return singleFailure(root, at, name, first);
  const element = first?.element;
  const values = faults.flatMap((fault) => shownValue(root, fault));
  return {
    kind: "fail",
    key: [name, element].filter((part) => part !== undefined && part !== "").join("/"),
    arguments: {
      name: name === "" ? (element ?? "") : name,
      element: element ?? "",
      value: [...new Set(values)].join(", "),
    },
    evidence: faults.map((fault) => evidenceOf(root, at, fault)),
  };
}

/** As most are: written out, since there are many. */
function singleFailure(root: unknown, at: Path, name: string, fault: Fault): Failure {
  const element = fault.element ?? "";
  const [value = ""] = shownValue(root, fault);
  return {
    kind: "fail",
    key: name !== "" && element !== "" ? `${name}/${element}` : name + element,
    arguments: { name: name === "" ? element : name, element, value },
    evidence: [evidenceOf(root, at, fault)],
  };
}

function shownValue(root: unknown, { field, isRedacted, shown }: Fault): readonly string[] {
  if (shown !== undefined) return [shown];
  const value = isRedacted === true ? undefined : valueAt(root, field);
  if (value == null) return [];
  return [typeof value === "string" ? value : JSON.stringify(value)];
}

function evidenceOf(root: unknown, at: Path, { field, assumed, isRedacted }: Fault): Evidence {
  const path = [...at, ...field];
  if (isRedacted === true) return { path, redacted: true };
  const value = valueAt(root, field);
  if (value != null) return { path, value };
  return assumed === undefined ? { path, absent: true } : { path, absent: true, default: assumed };
}

/** Faults of one subject, those with an element apart from each other and from the rest. */
export function failuresOf(root: unknown, at: Path, name: string, faults: readonly Fault[]): readonly Failure[] {
  if (faults.length === 1) return [failureOf(root, at, name, faults)];
  const byElement = new Map<string | undefined, Fault[]>();
  for (const fault of faults) {
    const group = byElement.get(fault.element);
    if (group === undefined) byElement.set(fault.element, [fault]);
    else group.push(fault);
  }
  return [...byElement.values()].map((group) => failureOf(root, at, name, group));
}
