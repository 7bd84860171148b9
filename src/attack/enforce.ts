// Pod Security as a change that stops a step.

import type { Control } from "./fact.ts";

/** Baseline keeps new pods and containers of the namespace off their nodes. */
export function enforceBaseline(namespace: string): Control {
  return { id: `enforce ${namespace}`, change: { kind: "enforce-level", namespace, level: "baseline" } };
}
