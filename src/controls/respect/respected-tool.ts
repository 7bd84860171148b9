// The tools whose ignores can be honoured, as `--respect` names them, and where a rule keeps their ids.

import type { KnownAs } from "../../verdicts/rule.ts";

export const RESPECTED_TOOLS = {
  kubescape: "kubescape",
  trivy: "trivy",
  checkov: "checkov",
  "kube-linter": "kubeLinter",
  polaris: "polaris",
  "kube-score": "kubeScore",
} as const satisfies Record<string, keyof KnownAs>;

export type RespectedTool = keyof typeof RESPECTED_TOOLS;
