// What was found before: an earlier report, or the same scan of an earlier revision.

import { fingerprintOf, type Finding } from "../../verdicts/finding.ts";

/** A finding as far as it is remembered. */
export interface EarlierFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly resource: {
    readonly apiVersion: string;
    readonly kind: string;
    /** Empty for cluster-scoped resources. */
    readonly namespace: string;
    readonly name: string;
  };
  /** The part of the resource it was about; unknown in what comes from a report. */
  readonly key?: string;
  /** Where it was, as it was named then. */
  readonly file?: string;
}

export interface Baseline {
  /** How it is called: a file, a revision. */
  readonly name: string;
  readonly findings: readonly EarlierFinding[];
  /** The TARGETs it is of, in the words of then. */
  readonly targets: readonly string[];
}

/** The findings of a run, as something to compare a later one with. */
export function baselineOf(name: string, targets: readonly string[], findings: readonly Finding[]): Baseline {
  return {
    name,
    targets,
    findings: findings.map(({ rule, resource, key, evidence: [first] }) => ({
      fingerprint: fingerprintOf({ rule, resource, key }),
      rule: rule.id,
      resource,
      key,
      ...(first?.position !== undefined && { file: first.position.file }),
    })),
  };
}
