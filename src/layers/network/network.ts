// The network engine: what really reaches what, as NetworkPolicy (networking.k8s.io/v1), ClusterNetworkPolicy
// (policy.networking.k8s.io/v1alpha2) and their forerunners say it. One immutable value per cluster.

import type { ClusterChanges } from "../../cluster/cluster.ts";
import { keyOf } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import { mapConnectivity, type Connectivity } from "./connectivity.ts";
import type { NetworkDiagnostic } from "./diagnostic.ts";
import { findEntryPoints, type EntryPoint } from "./entry-points.ts";
import { exposureOf, type Exposure } from "./exposure.ts";
import { takeInventory } from "./inventory.ts";
import { createRoleFinder, readPolicy, roleOf } from "./network-kinds.ts";
import { withChanges } from "./layered-map.ts";
import type { Pod, Workload } from "./pod.ts";
import { reach, type Question, type Reach } from "./reach.ts";
import type { ReadPolicy } from "./read-network-policy.ts";
import { resolveServices, type Services } from "./services.ts";
import { unknownFieldsOf } from "./unknown-fields.ts";
import { buildWorld, withPolicies, type NetworkOptions, type World } from "./world.ts";

export type { NetworkOptions } from "./world.ts";
export type { Question, Reach, Verdict, Opening } from "./reach.ts";
export type { End } from "./end.ts";
export type { Connectivity } from "./connectivity.ts";
export type { Decision } from "./explanation.ts";
export type { EntryPoint } from "./entry-points.ts";
export type { Exposure } from "./exposure.ts";
export type { NetworkDiagnostic } from "./diagnostic.ts";
export type { Pod, Workload } from "./pod.ts";

export interface Network {
  /** Sorted by id. */
  readonly workloads: readonly Workload[];
  /** What could not be read as written, and what was left out. */
  readonly diagnostics: readonly NetworkDiagnostic[];
  readonly podNamed: (namespace: string, name: string) => Pod | undefined;
  readonly workloadNamed: (id: string) => Workload | undefined;
  /** Workloads of any kind with the name. */
  readonly workloadsNamed: (namespace: string, name: string) => readonly Workload[];
  readonly reach: (question: Question) => Reach;
  /** All pairs of workloads, and the outside. */
  readonly map: () => Connectivity;
  /** What a workload is open to beyond the pods there are. */
  readonly exposure: (workload: Workload) => Exposure;
  readonly services: () => Services;
  /** Doors from outside the cluster, and whether policies let the traffic through. */
  readonly entryPoints: () => readonly EntryPoint[];
  /** The network after changes; this one stays as it is. Policy changes with known words cost what they touch. */
  readonly with: (changes: ClusterChanges) => Network;
  readonly world: World;
}

/**
 * Builds the engine. Kinds that do not matter to the network are passed over; of two resources with one identity the
 * last counts. About linear in the resources; rows are worked out when first asked for.
 */
export function createNetwork(resources: Iterable<Resource>, options: NetworkOptions = {}): Network {
  const others = new Map<string, Resource>();
  const policies = new Map<string, ReadPolicy>();
  const roleOf = createRoleFinder();
  for (const resource of resources) {
    const key = keyOf(resource.id);
    if (roleOf(resource.id) === "policy") policies.set(key, readPolicy(resource));
    else others.set(key, resource);
  }
  return networkOf(buildWorld(takeInventory(others, policies), options), others);
}

/** `others`: every resource but policies. */
function networkOf(world: World, others: ReadonlyMap<string, Resource>): Network {
  const { workloads } = world.inventory;
  const names = namesOf(workloads);
  let services: Services | undefined;
  return {
    world,
    workloads,
    get diagnostics() {
      return diagnosticsOf(world);
    },
    podNamed: (namespace, name) => (names.pods ??= podsByName(workloads)).get(`${namespace}/${name}`),
    workloadNamed: (id) => (names.byId ??= new Map(workloads.map((workload) => [workload.id, workload]))).get(id),
    workloadsNamed: (namespace, name) =>
      (names.byName ??= workloadsByName(workloads)).get(`${namespace}/${name}`) ?? [],
    reach: (question) => reach(world, question),
    map: () => mapConnectivity(world),
    exposure: (workload) => exposureOf(world, workload),
    services: () => (services ??= resolveServices(world)),
    entryPoints: () => findEntryPoints(world, (services ??= resolveServices(world))),
    with: (changes) => changed(world, others, changes),
  };
}

function diagnosticsOf({ inventory }: World): readonly NetworkDiagnostic[] {
  const ofPolicies = [...inventory.policies.values()].flatMap(({ resource, diagnostics }) => [
    ...diagnostics,
    ...unknownFieldsOf(resource),
  ]);
  return [...inventory.diagnostics, ...ofPolicies];
}

function changed(world: World, others: ReadonlyMap<string, Resource>, changes: ClusterChanges): Network {
  const { put = [], remove = [] } = changes;
  const reads = new Map<string, ReadPolicy | undefined>();
  const otherChanges = new Map<string, Resource | undefined>();
  for (const id of remove) (roleOf(id) === "policy" ? reads : otherChanges).set(keyOf(id), undefined);
  for (const resource of put) {
    if (roleOf(resource.id) === "policy") reads.set(keyOf(resource.id), readPolicy(resource));
    else otherChanges.set(keyOf(resource.id), resource);
  }
  const policies = withChanges(world.inventory.policies, reads);
  if (otherChanges.size === 0) {
    return networkOf(withPolicies(world, { ...world.inventory, policies }, reads), others);
  }
  const next = withChanges(others, otherChanges);
  return networkOf(buildWorld(takeInventory(next, policies), world.options), next);
}

/** Look-ups by name, made when first asked for. */
interface Names {
  pods?: ReadonlyMap<string, Pod>;
  byId?: ReadonlyMap<string, Workload>;
  byName?: ReadonlyMap<string, readonly Workload[]>;
}

/** Networks with the same workloads share them. */
const namesOfWorkloads = new WeakMap<readonly Workload[], Names>();

function namesOf(workloads: readonly Workload[]): Names {
  let names = namesOfWorkloads.get(workloads);
  if (names === undefined) namesOfWorkloads.set(workloads, (names = {}));
  return names;
}

function workloadsByName(workloads: readonly Workload[]): ReadonlyMap<string, readonly Workload[]> {
  const names = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const name = `${workload.namespace}/${workload.name}`;
    const known = names.get(name);
    if (known === undefined) names.set(name, [workload]);
    else known.push(workload);
  }
  return names;
}

function podsByName(workloads: readonly Workload[]): ReadonlyMap<string, Pod> {
  const pods = new Map<string, Pod>();
  for (const workload of workloads) for (const pod of workload.pods) pods.set(`${pod.namespace}/${pod.name}`, pod);
  return pods;
}
