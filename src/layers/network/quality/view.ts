// What the rules about the quality of policies share: the boxes of all policies, and who is there today.

import type { CompiledPolicy } from "../compiled-policy.ts";
import type { JudgedPolicy, NetworkView } from "../network-view.ts";
import type { Policy } from "../policy.ts";
import { createPresence, type Presence } from "./presence.ts";
import { findRedundancy, type Redundancy } from "./redundancy.ts";
import { createSpace, type Space } from "./space.ts";
import { findTierOrder, type TierOrder } from "./tier-order.ts";

export interface QualityView {
  readonly space: Space;
  readonly presence: Presence;
  readonly redundancyIn: (namespace: string) => Redundancy;
  readonly tierOrder: () => TierOrder;
}

const views = new WeakMap<NetworkView, QualityView>();

/** Built once for all rules; what only some rules ask is worked out when first asked. */
export function qualityOf(view: NetworkView): QualityView {
  let found = views.get(view);
  if (found === undefined) views.set(view, (found = createView(view)));
  return found;
}

function createView(view: NetworkView): QualityView {
  const compiled = new Map<Policy, CompiledPolicy>();
  for (const one of view.network.world.policies) compiled.set(one.policy, one);
  const space = createSpace((policy) => compiled.get(policy));
  const ofTier = (isCluster: boolean): readonly Policy[] =>
    view.policies.flatMap(({ policy }) => ((policy.tier !== "NetworkPolicy") === isCluster ? [policy] : []));
  let presence: Presence | undefined;
  let byNamespace: ReadonlyMap<string, readonly Policy[]> | undefined;
  let order: TierOrder | undefined;
  const redundancies = new Map<string, Redundancy>();
  return {
    space,
    get presence() {
      return (presence ??= createPresence(view));
    },
    redundancyIn: (namespace) => {
      let found = redundancies.get(namespace);
      if (found !== undefined) return found;
      byNamespace ??= Map.groupBy(ofTier(false), ({ resource }) => resource.id.namespace);
      redundancies.set(namespace, (found = findRedundancy(space, byNamespace.get(namespace) ?? [])));
      return found;
    },
    tierOrder: () => (order ??= findTierOrder(space, ofTier(true))),
  };
}

/** The redundancy of the namespace of a NetworkPolicy. */
export function redundancyOf(view: NetworkView, { policy }: JudgedPolicy): Redundancy {
  return qualityOf(view).redundancyIn(policy.resource.id.namespace);
}
