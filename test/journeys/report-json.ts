// The parts of a JSON report that journeys look at.

import { ringwall, type ProgramOptions } from "./program.ts";

export interface FindingJson {
  readonly id: string;
  readonly rule: string;
  readonly status: string;
  readonly resource: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly evidence: readonly {
    readonly path: string;
    readonly value?: unknown;
    readonly file: string;
    readonly line: number;
    readonly rendered?: { readonly line: number; readonly column: number };
  }[];
  readonly exception?: {
    readonly reason: string;
    readonly owner?: string;
    readonly expires?: string;
    readonly origin: string;
    readonly file?: string;
    readonly line?: number;
  };
}

export interface ReportJson {
  readonly summary: {
    readonly objects: number;
    readonly verdicts: Readonly<Record<string, number>>;
    readonly baseline?: { readonly name: string; readonly new: number; readonly known: number; readonly gone: number };
  };
  readonly findings: readonly FindingJson[];
  readonly known?: readonly FindingJson[];
  readonly gone?: readonly { readonly rule: string; readonly resource: { readonly name: string } }[];
  readonly excepted: readonly FindingJson[];
  readonly incomplete: readonly {
    readonly code: string;
    readonly what: string;
    readonly reason: string;
    readonly accepted?: true;
    readonly exception?: { readonly owner?: string };
  }[];
  readonly notes?: readonly {
    readonly code: string;
    readonly message: string;
    readonly file?: string;
    readonly line?: number;
  }[];
}

/** `ringwall scan ARGUMENTS -o json`; fails where it printed no report. */
export async function scanJson(
  arguments_: readonly string[],
  options: ProgramOptions,
): Promise<{ readonly code: number | null; readonly report: ReportJson }> {
  const { code, stdout, stderr } = await ringwall(["scan", ...arguments_, "-o", "json"], options);
  if (stdout === "") throw new Error(`no report: ${stderr}`);
  return { code, report: JSON.parse(stdout) as ReportJson }; // its shape is held to the shipped schema elsewhere
}
