// Needs that no manifest states and that everything has: whoever connects to anything resolves names, over UDP and, for
// long answers, over TCP.

import type { Network, Workload } from "../network.ts";
import type { Need, UnresolvedHint } from "./need.ts";
import { isIsolable } from "./owner-selector.ts";
import type { Resolver } from "./resolver.ts";

/** Name resolution for every workload that connects to anything, as far as is known. O(needs + workloads × resolvers). */
export function resolverNeeds(
  network: Network,
  needs: readonly Need[],
  unresolved: readonly UnresolvedHint[],
  resolvers: readonly Resolver[],
): readonly Need[] {
  const clients = new Set<string>();
  for (const { from } of needs) {
    if (from.kind === "workload") clients.add(from.id);
    if (from.kind !== "namespace") continue;
    for (const { id, namespace } of network.workloads) if (from.name === namespace) clients.add(id);
  }
  for (const { workload } of unresolved) if (workload !== undefined) clients.add(workload);
  return network.workloads.flatMap((workload) =>
    clients.has(workload.id) && isIsolable(workload) ? needsOf(workload, resolvers) : [],
  );
}

function needsOf({ id }: Workload, resolvers: readonly Resolver[]): readonly Need[] {
  return resolvers.flatMap(({ targets, resource }) =>
    targets.flatMap(({ to, port }): readonly Need[] =>
      to.kind === "workload" && to.id === id
        ? [] // a resolver does not ask itself
        : [{ from: { kind: "workload", id }, to, port, because: [{ kind: "dns", resource, path: [] }] }],
    ),
  );
}
