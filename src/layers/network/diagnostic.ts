// What the engine noticed and went on: every diagnostic names the object and the place.

import type { Resource } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { MessageArguments } from "../../verdicts/message.ts";

/** `refused`: the API server would not take the object, so it takes no part. `warning`: read, but not as written. */
export type DiagnosticLevel = "refused" | "warning" | "note";

export type DiagnosticCode =
  | "malformed-field"
  | "unknown-field"
  | "invalid-name"
  | "invalid-selector"
  | "invalid-policy-type"
  | "invalid-peer"
  | "invalid-port"
  | "invalid-cidr"
  | "invalid-action"
  | "invalid-tier"
  | "invalid-priority"
  | "invalid-subject"
  | "too-many-items"
  | "except-outside-cidr"
  | "cidr-host-bits"
  | "cidr-notation"
  | "unserved-version"
  | "rules-without-policy-type"
  | "failed-closed"
  | "domain-names"
  | "duplicate"
  | "namespace-not-given"
  | "foreign-policy";

export interface NetworkDiagnostic {
  readonly level: DiagnosticLevel;
  readonly code: DiagnosticCode;
  readonly resource: Resource;
  readonly path: Path;
  readonly arguments?: MessageArguments;
}

/** Collects the diagnostics of one object. */
export interface Notes {
  readonly add: (level: DiagnosticLevel, code: DiagnosticCode, path: Path, values?: MessageArguments) => void;
  readonly all: readonly NetworkDiagnostic[];
  readonly isRefused: () => boolean;
}

export function notesOn(resource: Resource): Notes {
  const all: NetworkDiagnostic[] = [];
  return {
    all,
    isRefused: () => all.some(({ level }) => level === "refused"),
    add: (level, code, path, values) =>
      all.push({ level, code, resource, path, ...(values === undefined ? {} : { arguments: values }) }),
  };
}
