// The JSON report of a scan, as tests look at it.

import { ringwall, type Outcome, type ProgramOptions } from "./program.ts";

export interface ReportedFinding {
  readonly id: string;
  readonly rule: string;
  readonly resource: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly evidence: readonly {
    readonly path: string;
    readonly value?: unknown;
    readonly resource?: { readonly kind: string; readonly name: string };
    readonly setBy?: { readonly manager: string; readonly operation: string; readonly time: string };
  }[];
  readonly instances?: { readonly count: number; readonly total: number };
  readonly origin?: string;
}

export interface ScanReport {
  readonly target: {
    readonly kind: string;
    readonly kubernetes: string;
    readonly server?: string;
    readonly namespaces?: readonly string[];
  };
  readonly summary: {
    readonly objects: number;
    readonly resources: number;
    readonly verdicts: Readonly<Record<string, number>>;
  };
  readonly findings: readonly ReportedFinding[];
  readonly incomplete: readonly {
    readonly code: string;
    readonly what: string;
    readonly reason: string;
    readonly rules?: readonly string[];
    readonly accepted?: true;
  }[];
}

export interface Scanned extends Outcome {
  readonly report: ScanReport;
}

export async function scanned(arguments_: readonly string[], options?: ProgramOptions): Promise<Scanned> {
  const outcome = await ringwall(["scan", ...arguments_, "-o", "json"], options);
  if (outcome.stdout === "") throw new Error(`no report; exit ${outcome.code}: ${outcome.stderr}`);
  return { ...outcome, report: JSON.parse(outcome.stdout) as ScanReport }; // the report's schema is tested elsewhere
}

/** `Deployment shop/cart workloads/privileged-container`, sorted. */
export function briefly(findings: readonly ReportedFinding[]): readonly string[] {
  return findings
    .map(({ rule, resource: { kind, namespace, name } }) => `${kind} ${namespace ?? ""}/${name} ${rule}`)
    .sort();
}

/** Rules and fingerprints: equal for equal verdicts, wherever the objects were read. */
export function identitiesOf({ findings }: ScanReport): readonly string[] {
  return findings.map(({ id, rule, resource }) => `${id} ${rule} ${resource.kind} ${resource.name}`).sort();
}
