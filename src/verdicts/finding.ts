// A finding as a report shows it: a failing outcome with identity, severity and positions.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Position } from "../cluster/resource.ts";
import type { Evidence } from "./evidence.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Message, MessageArguments } from "./message.ts";
import type { Rule } from "./rule.ts";
import type { SetBy } from "./set-by.ts";

export type LocatedEvidence = Evidence & {
  readonly position?: Position;
  /** Who set the value on the server; absent for files and for what nobody set. */
  readonly setBy?: SetBy;
};

/** How many of a resource's running pods a finding is in; `total` is zero while none was read. */
export interface Instances {
  readonly count: number;
  readonly total: number;
}

export interface Finding {
  readonly rule: Rule;
  readonly resource: ResourceId;
  /** The stable part of the evidence, e.g. a container name. */
  readonly key: string;
  readonly arguments: MessageArguments;
  readonly evidence: readonly LocatedEvidence[];
  /** Only for resources whose running pods were read. */
  readonly instances?: Instances;
  /** Why it is here though the resource's own fields do not say so, e.g. a pod that differs from its template. */
  readonly origin?: Message;
}

/** The stable identity of a finding. Computed when a report needs it: most readers of a text never do. */
export function fingerprintOf({ rule, resource, key }: Pick<Finding, "rule" | "resource" | "key">): string {
  return fingerprint(rule.id, resource, key);
}
