// What a rule says of one resource, before positions and texts are added. Saying nothing means pass.

import type { Resource } from "../cluster/resource.ts";
import type { Evidence } from "./evidence.ts";
import type { Message, MessageArguments } from "./message.ts";

export const VERDICTS = ["pass", "fail", "not-applicable", "not-evaluated", "manual", "excepted"] as const;
export type VerdictState = (typeof VERDICTS)[number];

export interface Failure {
  readonly kind: "fail" | "manual";
  /** Stable within rule and resource: a container or volume name, never an index. Empty when there can be only one. */
  readonly key: string;
  readonly arguments?: MessageArguments;
  readonly evidence: readonly Evidence[];
}

export interface NotApplicable {
  readonly kind: "not-applicable";
}

export interface NotEvaluated {
  readonly kind: "not-evaluated";
  readonly reason: Message;
}

export type Outcome = Failure | NotApplicable | NotEvaluated;

export interface ResourceOutcome {
  readonly resource: Resource;
  readonly outcome: Outcome;
}

/** The one value for "does not apply", so that nothing is allocated for it. */
export const NOT_APPLICABLE: readonly Outcome[] = [{ kind: "not-applicable" }];
export const PASS: readonly Outcome[] = [];
