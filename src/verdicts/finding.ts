// A finding as a report shows it: a failing outcome with identity, severity and positions.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Position } from "../cluster/resource.ts";
import type { Evidence } from "./evidence.ts";
import type { MessageArguments } from "./message.ts";
import type { Rule } from "./rule.ts";

export type LocatedEvidence = Evidence & { readonly position?: Position };

export interface Finding {
  readonly fingerprint: string;
  readonly rule: Rule;
  readonly resource: ResourceId;
  /** The stable part of the evidence, e.g. a container name. */
  readonly key: string;
  readonly arguments: MessageArguments;
  readonly evidence: readonly LocatedEvidence[];
}
