// One observed connection as a log tells it, before anybody knows which workload its ends belong to.

import type { Protocol } from "../../layers/network/port-set.ts";

/** `audited`: let through, and a policy in preparation would not. */
export type FlowVerdict = "allowed" | "audited" | "denied";

/** Ends that plugins name without an address or a pod. */
export type FlowEntity = "outside" | "node" | "api-server" | "ingress";

/** What a log says about one end; fields that it does not say are absent. */
export interface FlowEnd {
  readonly address?: string;
  readonly namespace?: string;
  /** A pod's name, or its beginning followed by `*`. */
  readonly pod?: string;
  /** `name[Kind]`, or a name of any kind. */
  readonly workload?: string;
  readonly labels?: readonly string[];
  readonly entity?: FlowEntity;
  /** The reader gives this object for every such end. */
  readonly isRemembered?: boolean;
}

export interface FlowRecord {
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
  readonly protocol: Protocol;
  /** 0 when not known. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Whether the destination is the one that began; absent when the log does not say. */
  readonly isReply?: boolean;
  /** The person or the plugin named server and port: no guess about the direction. */
  readonly isDirected?: boolean;
  readonly verdict: FlowVerdict;
  /** Which end reported it; a connection may be let out and then not let in. */
  readonly seenAt: "source" | "destination";
  readonly count: number;
  /** Milliseconds since 1970; NaN when not known. */
  readonly start: number;
  readonly end: number;
}

/** What one value of a log is. */
export type FlowReading =
  | { readonly kind: "flow"; readonly record: FlowRecord }
  /** Read, and of no concern to policies: protocols without ports, headings, other messages. */
  | { readonly kind: "other"; readonly why: "no-ports" | "no-flow" }
  /** The log itself says that flows are missing. */
  | { readonly kind: "lost"; readonly count: number }
  | { readonly kind: "problem"; readonly code: FlowProblem; readonly detail: string };

export type FlowProblem =
  | "malformed"
  | "wrong-columns"
  | "wrong-type"
  | "invalid-port"
  | "invalid-protocol"
  | "invalid-verdict";

export const NO_FLOW: FlowReading = { kind: "other", why: "no-flow" };
export const NO_PORTS: FlowReading = { kind: "other", why: "no-ports" };

export function flowProblem(code: FlowProblem, detail: string): FlowReading {
  return {
    kind: "problem",
    code,
    detail: detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL)}…` : detail,
  };
}

const LONGEST_DETAIL = 80;
