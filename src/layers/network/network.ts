// The network engine: what really reaches what, as NetworkPolicy (networking.k8s.io/v1), ClusterNetworkPolicy
// (policy.networking.k8s.io/v1alpha2) and their forerunners say it. One immutable value per cluster.

import type { Resource } from "../../cluster/resource.ts";
import { mapConnectivity, type Connectivity } from "./connectivity.ts";
import type { NetworkDiagnostic } from "./diagnostic.ts";
import { findEntryPoints, type EntryPoint } from "./entry-points.ts";
import { takeInventory } from "./inventory.ts";
import type { Pod, Workload } from "./pod.ts";
import { reach, type Question, type Reach } from "./reach.ts";
import { resolveServices, type Services } from "./services.ts";
import { buildWorld, type NetworkOptions, type World } from "./world.ts";

export type { NetworkOptions } from "./world.ts";
export type { Question, Reach, Verdict, Opening } from "./reach.ts";
export type { End } from "./end.ts";

export interface Network {
  /** Sorted by id. */
  readonly workloads: readonly Workload[];
  /** What could not be read as written, and what was left out. */
  readonly diagnostics: readonly NetworkDiagnostic[];
  readonly podNamed: (namespace: string, name: string) => Pod | undefined;
  readonly workloadNamed: (id: string) => Workload | undefined;
  readonly reach: (question: Question) => Reach;
  /** All pairs of workloads, and the outside. */
  readonly map: () => Connectivity;
  readonly services: () => Services;
  /** Doors from outside the cluster, and whether policies let the traffic through. */
  readonly entryPoints: () => readonly EntryPoint[];
  readonly world: World;
}

/**
 * Builds the engine. Kinds that do not matter to the network are passed over; of two resources with one identity the
 * last counts. About linear in the resources; rows are worked out when first asked for.
 */
export function createNetwork(resources: Iterable<Resource>, options: NetworkOptions = {}): Network {
  return networkOf(buildWorld(takeInventory(resources), options));
}

function networkOf(world: World): Network {
  const { workloads, diagnostics } = world.inventory;
  let pods: ReadonlyMap<string, Pod> | undefined;
  let byId: ReadonlyMap<string, Workload> | undefined;
  let services: Services | undefined;
  return {
    world,
    workloads,
    diagnostics,
    podNamed: (namespace, name) => (pods ??= podsByName(workloads)).get(`${namespace}/${name}`),
    workloadNamed: (id) => (byId ??= new Map(workloads.map((workload) => [workload.id, workload]))).get(id),
    reach: (question) => reach(world, question),
    map: () => mapConnectivity(world),
    services: () => (services ??= resolveServices(world)),
    entryPoints: () => findEntryPoints(world, (services ??= resolveServices(world))),
  };
}

function podsByName(workloads: readonly Workload[]): ReadonlyMap<string, Pod> {
  const pods = new Map<string, Pod>();
  for (const workload of workloads) for (const pod of workload.pods) pods.set(`${pod.namespace}/${pod.name}`, pod);
  return pods;
}
