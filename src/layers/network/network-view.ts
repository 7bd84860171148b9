// The input as network rules see it: one engine for all of them, answers about equal workloads worked out once.

import type { Cluster } from "../../cluster/cluster.ts";
import { keyOf } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import { projectedOf } from "../../verdicts/projection.ts";
import { exposureOf } from "./exposure.ts";
import { isEmpty, isEqual } from "./interval-set.ts";
import { NETWORK_FACTS } from "./network-facts.ts";
import { createNetwork, type Network } from "./network.ts";
import type { Pod, Workload } from "./pod.ts";
import { ALL_PORTS, withoutOtherProtocols, type PortSet } from "./port-set.ts";
import type { Policy, Direction } from "./policy.ts";

export interface NetworkView {
  readonly network: Network;
  /** Workloads that policies apply to (none in the node's network), with the object a finding is about. */
  readonly workloads: readonly JudgedWorkload[];
  /** Namespaces of the input with such workloads. */
  readonly namespaces: readonly JudgedNamespace[];
  readonly policies: readonly JudgedPolicy[];
  /** Whether some pod of the input is in a set of classes. */
  readonly hasPods: (classes: Int32Array) => boolean;
  /** Whether a workload of the engine only stands for pods to come. */
  readonly isPlaceholder: (workload: Workload) => boolean;
  /** The same, and those in the node's network. */
  readonly everyWorkload: readonly JudgedWorkload[];
  /** The object of the input for one of the engine. */
  readonly originalOf: (resource: Resource) => Resource;
}

export interface JudgedWorkload {
  readonly resource: Resource;
  readonly workload: Workload;
}

export interface JudgedNamespace {
  readonly resource: Resource;
  /** A pod without labels, as anybody could add it. */
  readonly newcomer: Workload;
}

export interface JudgedPolicy {
  readonly resource: Resource;
  readonly policy: Policy;
  /** Number in the engine's list. */
  readonly number: number;
}

/** Name of the pods that stand for pods to come; no real object can have it. */
const NEWCOMER = "\u0001";

const views = new WeakMap<Cluster, NetworkView>();

/** Built once for all rules. About linear. */
export function networkViewOf(cluster: Cluster): NetworkView {
  let view = views.get(cluster);
  if (view === undefined) views.set(cluster, (view = buildView(cluster)));
  return view;
}

function buildView(cluster: Cluster): NetworkView {
  const originals = new Map<string, Resource>();
  const resources: Resource[] = [];
  for (const { resource, facts } of projectedOf(cluster, NETWORK_FACTS)) {
    originals.set(keyOf(resource.id), resource);
    resources.push({ ...resource, object: facts.object });
    if (resource.id.group === "" && resource.id.kind === "Namespace") resources.push(newcomerIn(resource));
  }
  const network = createNetwork(resources);
  const originalOf = (resource: Resource): Resource => originals.get(keyOf(resource.id)) ?? resource;
  const everyWorkload = network.workloads.flatMap((workload): readonly JudgedWorkload[] => {
    const resource = subjectOf(workload, originals);
    return resource === undefined ? [] : [{ resource, workload }];
  });
  const workloads = everyWorkload.filter(({ workload }) => !workload.pods.some(({ isHostNetwork }) => isHostNetwork));
  const inhabited = new Set(workloads.map(({ workload }) => workload.namespace));
  const namespaces = network.workloads.flatMap((newcomer) => {
    const resource = originals.get(`/Namespace//${newcomer.namespace}`);
    const isJudged = newcomer.name === NEWCOMER && resource !== undefined && inhabited.has(newcomer.namespace);
    return isJudged ? [{ resource, newcomer }] : [];
  });
  const policies = network.world.policies.flatMap((compiled, number) => {
    const { policy } = compiled;
    return [{ resource: originalOf(policy.resource), policy, number }];
  });
  const real = new Set(
    network.workloads
      .filter(({ name }) => name !== NEWCOMER)
      .flatMap(({ pods }) => pods.map((pod) => network.world.classes.classOf(pod))),
  );
  const hasPods = (classes: Int32Array): boolean => classes.some((one) => real.has(one));
  return { network, workloads, namespaces, policies, hasPods, isPlaceholder, everyWorkload, originalOf };
}

function newcomerIn({ id, provenance }: Resource): Resource {
  const metadata = { name: NEWCOMER, namespace: id.name };
  return {
    id: { apiVersion: "v1", group: "", kind: "Pod", namespace: id.name, name: NEWCOMER },
    object: { apiVersion: "v1", kind: "Pod", metadata },
    provenance,
    locate: () => undefined,
  };
}

function isPlaceholder({ name }: Workload): boolean {
  return name === NEWCOMER;
}

/** The owner of a workload's pods, else the object that carries them. */
function subjectOf(
  { pods, namespace, kind, name }: Workload,
  originals: ReadonlyMap<string, Resource>,
): Resource | undefined {
  const template = pods[0]?.resource;
  if (name === NEWCOMER || template === undefined) return undefined;
  const isOwn = template.id.kind === kind && template.id.name === name;
  const own = isOwn ? originals.get(keyOf(template.id)) : findOwner(originals, { namespace, kind, name });
  return own ?? originals.get(keyOf(template.id)) ?? template;
}

const OWNER_GROUPS = ["apps", "batch", ""] as const;

function findOwner(
  originals: ReadonlyMap<string, Resource>,
  id: { readonly namespace: string; readonly kind: string; readonly name: string },
): Resource | undefined {
  return OWNER_GROUPS.map((group) => originals.get(keyOf({ group, ...id }))).find((one) => one !== undefined);
}

/** Ports surely open between a workload and a pod nobody expects, in a namespace nobody expects. */
export function openToStrangers(
  { network: { world } }: NetworkView,
  workload: Workload,
  direction: Direction,
): PortSet {
  return remembered(strangers, world, `${direction} ${classKey(world, workload.pods)}`, () =>
    withoutOtherProtocols(world.outcomes.sureOf(exposureOf(world, workload)[direction].anyPod)),
  );
}

const strangers = new WeakMap<object, Map<string, PortSet>>();

/** Equal keys of pods without an address of their own have equal answers. */
export function classKey(world: Network["world"], pods: readonly Pod[]): string {
  return [...new Set(pods.map((pod) => `${world.classes.classOf(pod)} ${pod.addresses.join()}`))].join(";");
}

export function remembered<T>(memory: WeakMap<object, Map<string, T>>, owner: object, key: string, make: () => T): T {
  let own = memory.get(owner);
  if (own === undefined) memory.set(owner, (own = new Map<string, T>()));
  let value = own.get(key);
  if (value === undefined) own.set(key, (value = make()));
  return value;
}

export function isEveryPort(ports: PortSet): boolean {
  return isEqual(withoutOtherProtocols(ports), withoutOtherProtocols(ALL_PORTS));
}

export function isNoPort(ports: PortSet): boolean {
  return isEmpty(withoutOtherProtocols(ports));
}
