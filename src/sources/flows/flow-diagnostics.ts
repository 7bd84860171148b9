// What was wrong with a log: the first places of each kind, and a sum that always counts.

import type { FlowProblem } from "./flow-record.ts";

export type FlowDiagnosticCode =
  | FlowProblem
  | "invalid-utf8"
  | "line-too-long"
  | "truncated-file"
  | "unreadable-file"
  | "unknown-format"
  | "empty-log"
  /** The log says itself that flows are missing from it. */
  | "lost-flows"
  /** Beyond what is kept: the result is incomplete. */
  | "too-many-connections"
  | "too-many-unclear"
  /** A workload talks with so many addresses that they count as the internet. */
  | "many-addresses"
  /** A workload talks over so many ports, each with other addresses, that all their addresses count for each. */
  | "many-ports";

/** What admits more than was seen, and leaves nothing out. */
export const WIDENED: ReadonlySet<FlowDiagnosticCode> = new Set(["many-addresses", "many-ports"] as const);

export interface FlowDiagnostic {
  readonly code: FlowDiagnosticCode;
  readonly file: string;
  /** 1-based; absent for the whole file. */
  readonly line?: number;
  readonly detail: string;
}

export interface FlowDiagnostics {
  /** The first places of each kind, in the order met. */
  readonly first: readonly FlowDiagnostic[];
  /** How often each kind was met, those not listed too. */
  readonly sums: ReadonlyMap<FlowDiagnosticCode, number>;
}

export interface FlowDiagnosticNotes {
  readonly add: (
    code: FlowDiagnosticCode,
    file: string,
    line: number | undefined,
    detail: string,
    count?: number,
  ) => void;
  readonly all: () => FlowDiagnostics;
}

const MOST_PER_CODE = 10;

export function createFlowDiagnostics(): FlowDiagnosticNotes {
  const first: FlowDiagnostic[] = [];
  const listed = new Map<FlowDiagnosticCode, number>();
  const sums = new Map<FlowDiagnosticCode, number>();
  return {
    add: (code, file, line, detail, count = 1) => {
      sums.set(code, (sums.get(code) ?? 0) + count);
      const number = listed.get(code) ?? 0;
      if (number >= MOST_PER_CODE) return;
      listed.set(code, number + 1);
      first.push({ code, file, ...(line === undefined ? {} : { line }), detail: plain(detail) });
    },
    all: () => ({ first, sums }),
  };
}

/** Copied, so that no slice keeps its log alive. */
function plain(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
