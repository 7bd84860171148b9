// Needs as a set: one for each pair of ends and port, with everything that asks for it, in a stable order.

import { formatRanges } from "../address-set.ts";
import type { Need, NeedEnd, NeedPort, Reason } from "./need.ts";

/** Equal exactly for equal ends. */
export function keyOfEnd(end: NeedEnd): string {
  switch (end.kind) {
    case "workload":
      return end.id;
    case "addresses":
      return formatRanges(end.set).join(",");
    case "domain":
    case "namespace":
      return `${end.kind} ${end.name}`;
    default:
      return end.kind;
  }
}

/** Equal exactly for equal ports. */
export function keyOfPort(port: NeedPort): string {
  const protocol = port.protocol ?? "";
  switch (port.kind) {
    case "number":
      return `${protocol}/${`${port.port}`.padStart(5, "0")}`;
    case "range":
      return `${protocol}/${`${port.first}`.padStart(5, "0")}-${port.last}`;
    case "named":
      return `${protocol}/${port.name}`;
    case "any":
      return `${protocol}/*`;
  }
}

export function keyOfNeed({ from, to, port }: Need): string {
  return `${keyOfEnd(from)} > ${keyOfEnd(to)} ${keyOfPort(port)}`;
}

/** Joins equal needs and sorts them. O(n log n). */
export function mergeNeeds(needs: Iterable<Need>): readonly Need[] {
  const byKey = new Map<string, { readonly need: Need; readonly because: Map<string, Reason> }>();
  for (const need of needs) {
    const key = keyOfNeed(need);
    let known = byKey.get(key);
    if (known === undefined) byKey.set(key, (known = { need, because: new Map() }));
    for (const reason of need.because) known.because.set(keyOfReason(reason, known.because.size), reason);
  }
  return [...byKey.entries()]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, { need, because }]) => ({ ...need, because: [...because.values()] }));
}

/** Two readers may find the same place; observations are never joined. */
function keyOfReason(reason: Reason, position: number): string {
  if (reason.kind === "observed") return `${position}`;
  const { kind, namespace, name } = reason.resource.id;
  return JSON.stringify([reason.kind, kind, namespace, name, reason.path]);
}
