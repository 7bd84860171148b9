// An earlier JSON report (ringwall.report/v1) as a baseline: what was open then, new or known.

import { array, narrow, object, string, type ShapeProblem, type TypeOf } from "../../kubernetes/shape.ts";
import type { Baseline, EarlierFinding } from "./baseline.ts";

const resource = object({ apiVersion: string, kind: string, namespace: string, name: string });
const finding = object({ id: string, rule: string, resource, evidence: array(object({ file: string })) });
const report = object({
  schema: string,
  target: object({ names: array(string) }),
  findings: array(finding),
  known: array(finding),
});

export type ReadBaseline =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly problem: ShapeProblem };

/** Reads a parsed report. Excepted findings are no part of it: when their exception ends they are new. */
export function readBaseline(value: unknown, name: string): ReadBaseline {
  const narrowed = narrow(report, value);
  if (!narrowed.ok) {
    const [problem = { path: [], expected: "object", found: "null" }] = narrowed.problems;
    return { ok: false, problem };
  }
  const { schema, target, findings, known } = narrowed.value;
  if (schema !== "ringwall.report/v1")
    return { ok: false, problem: { path: ["schema"], expected: "ringwall.report/v1", found: schema ?? "null" } };
  return {
    ok: true,
    baseline: {
      name,
      targets: (target?.names ?? []).map((one) => one ?? ""),
      findings: [...(findings ?? []), ...(known ?? [])].map(earlier),
    },
  };
}

function earlier(one: TypeOf<typeof finding> | null): EarlierFinding {
  const { apiVersion, kind, namespace, name } = one?.resource ?? {};
  const file = one?.evidence?.[0]?.file;
  return {
    fingerprint: one?.id ?? "",
    rule: one?.rule ?? "",
    resource: { apiVersion: apiVersion ?? "", kind: kind ?? "", namespace: namespace ?? "", name: name ?? "" },
    ...(file != null && { file }),
  };
}
