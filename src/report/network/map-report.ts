// What every format of the map is made from, and how groups and ends are named.

import type { Network } from "../../layers/network/network.ts";
import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import type { LinkTexts, MapGroup } from "./map-groups.ts";
import { portsText } from "./ports-text.ts";

export interface MapReport {
  readonly network: Network;
  /** Only for JSON: groups in place of pairs. */
  readonly isGrouped: boolean;
  /** Also what workloads are open to beyond the pods there are. */
  readonly hasExposure: boolean;
  /** Only for JSON and CSV: the rules behind each pair. */
  readonly hasRules: boolean;
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
}

/** The member, or the first with how many are like it; ranges of addresses all together. */
export function groupName({ members, isOutside }: MapGroup, { say }: Catalogue): string {
  const [first = ""] = members;
  if (members.length === 1) return printable(first);
  if (isOutside && members.length <= MOST_RANGES) return printable(members.join(", "));
  return say("network.and-more", { first: printable(first), count: members.length - 1 });
}

const MOST_RANGES = 4;

/** `TCP 8080`, `TCP 8080, depends: UDP 53`, `TCP 8080, depends: every other port`. */
export function edgeText({ ports, depends, isRestOpen }: LinkTexts, catalogue: Catalogue): string {
  const parts = ports === undefined ? [] : [portsText(ports, catalogue)];
  if (depends !== undefined) {
    const isRest = ports !== undefined && isRestOpen;
    const open = isRest ? catalogue.say("network.map-rest") : portsText(depends.ports, catalogue);
    parts.push(`${catalogue.say("network.map-depends")}: ${open}`);
  }
  return parts.join(", ");
}
