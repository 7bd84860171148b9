// Workloads of which nothing is known: a default deny would cut them off because nobody looked. They stay as they are
// today until somebody states or observes a need, unless the user says otherwise.

import { EMPTY_SET } from "../policy-sets.ts";
import type { Direction } from "../policy.ts";
import type { Network, Workload } from "../network.ts";
import type { Need } from "./need.ts";
import { isIsolable, type Owner } from "./owner-selector.ts";

export interface SilentOwner {
  readonly owner: Owner;
  /** Directions in which a policy isolates it today: there it has lived with the deny, and keeps it. */
  readonly isolatedToday: readonly Direction[];
  /** Directions that are left open. */
  readonly leftOpen: readonly Direction[];
}

/** What probes, scrapers and resolvers need says nothing about what the workload itself does. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["probe", "metrics", "dns"]);

/** Owners none of whose workloads has a need. O(needs + pods). */
export function findSilent(
  network: Network,
  owners: readonly Owner[],
  needs: readonly Need[],
  choice: "as-today" | "closed",
): readonly SilentOwner[] {
  const known = new Set<string>();
  for (const { from, to, because } of needs) {
    if (because.every(({ kind }) => SAYS_NOTHING.has(kind))) continue;
    for (const end of [from, to]) if (end.kind === "workload") known.add(end.id);
  }
  return owners
    .filter(({ workloads }) => workloads.every(({ id }) => !known.has(id)))
    .map((owner) => {
      const isolatedToday = (["ingress", "egress"] as const).filter((direction) =>
        owner.workloads.every((workload) => isIsolated(network, workload, direction)),
      );
      const leftOpen = (["ingress", "egress"] as const).filter((direction) => !isolatedToday.includes(direction));
      return { owner, isolatedToday, leftOpen: choice === "closed" ? [] : leftOpen };
    });
}

function isIsolated({ world }: Network, workload: Workload, direction: Direction): boolean {
  if (!isIsolable(workload)) return true;
  return workload.pods.every((pod) => {
    const set = world.selection[direction].NetworkPolicy[world.classes.classOf(pod)] ?? EMPTY_SET;
    return set !== EMPTY_SET;
  });
}
