// What the rules about the quality of policies share: the boxes of all policies, and who is there today.

import type { JudgedPolicy, NetworkView } from "../network-view.ts";
import type { ClassId } from "../pod-classes.ts";
import type { Workload } from "../pod.ts";
import type { Policy } from "../policy.ts";
import { findRedundancy, type Redundancy } from "./redundancy.ts";
import { createSpace, type Space } from "./space.ts";
import { findTierOrder, type TierOrder } from "./tier-order.ts";

export interface QualityView {
  readonly space: Space;
  readonly redundancyIn: (namespace: string) => Redundancy;
  readonly tierOrder: () => TierOrder;
  /** Workloads of the input by class; those in the network of their node too. */
  readonly workloadsOf: (id: ClassId) => readonly Workload[];
  /** Those of some classes that pods of the input are in. */
  readonly presentOf: (classes: Int32Array) => readonly ClassId[];
  /** All that pods of the input are in. */
  readonly everyClass: () => readonly ClassId[];
}

const views = new WeakMap<NetworkView, QualityView>();

export function qualityOf(view: NetworkView): QualityView {
  let found = views.get(view);
  if (found === undefined) views.set(view, (found = createView(view)));
  return found;
}

function createView(view: NetworkView): QualityView {
  const space = createSpace();
  const ofTier = (isCluster: boolean): readonly Policy[] =>
    view.policies.flatMap(({ policy }) => ((policy.tier !== "NetworkPolicy") === isCluster ? [policy] : []));
  let byNamespace: ReadonlyMap<string, readonly Policy[]> | undefined;
  let order: TierOrder | undefined;
  let workloads: ReadonlyMap<ClassId, readonly Workload[]> | undefined;
  const redundancies = new Map<string, Redundancy>();
  const byClass = (): ReadonlyMap<ClassId, readonly Workload[]> => (workloads ??= workloadsByClass(view));
  const workloadsOf = (id: ClassId): readonly Workload[] => byClass().get(id) ?? [];
  return {
    space,
    redundancyIn: (namespace) => {
      let found = redundancies.get(namespace);
      if (found !== undefined) return found;
      byNamespace ??= Map.groupBy(ofTier(false), ({ resource }) => resource.id.namespace);
      redundancies.set(namespace, (found = findRedundancy(space, byNamespace.get(namespace) ?? [])));
      return found;
    },
    tierOrder: () => (order ??= findTierOrder(space, ofTier(true))),
    workloadsOf,
    everyClass: () => [...byClass().keys()],
    presentOf: (classes) => [...classes].filter((id) => workloadsOf(id).length > 0),
  };
}

function workloadsByClass({ network, isPlaceholder }: NetworkView): ReadonlyMap<ClassId, readonly Workload[]> {
  const found = new Map<ClassId, Workload[]>();
  for (const workload of network.workloads) {
    if (isPlaceholder(workload)) continue;
    for (const id of new Set(workload.pods.map((pod) => network.world.classes.classOf(pod)))) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [workload]);
      else known.push(workload);
    }
  }
  return found;
}

/** The redundancy of the namespace of a NetworkPolicy. */
export function redundancyOf(view: NetworkView, { policy }: JudgedPolicy): Redundancy {
  return qualityOf(view).redundancyIn(policy.resource.id.namespace);
}
