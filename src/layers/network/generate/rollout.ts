// A roll-out in stages: one namespace after the other, callers before what they call, in each first one workload, then
// the others, then the default deny. After every step the engine is asked whether something needed would be closed.

import type { Resource } from "../../../cluster/resource.ts";
import type { Network } from "../network.ts";
import type { Edge, EdgePeer } from "./edge.ts";
import type { Generated } from "./generate.ts";
import type { GeneratedPolicy } from "./generated-policy.ts";
import type { Owner } from "./owner-selector.ts";
import { samplePort, samplesOf } from "./sample.ts";

export type StepKind = "canary" | "workloads" | "default-deny";

export interface Step {
  readonly kind: StepKind;
  readonly policies: readonly GeneratedPolicy[];
  /** Policies of today that go with this step; those of the same name are replaced. */
  readonly remove: readonly Resource[];
  /** Needed connections that were open before the step and that the engine finds closed after it. */
  readonly broken: readonly Edge[];
}

export interface Stage {
  readonly namespace: string;
  /** Namespaces, of those in the plan, that have workloads that connect to this one. */
  readonly calledFrom: readonly string[];
  readonly steps: readonly Step[];
}

/** Stages in order. O(namespaces² + steps × edges of a namespace). */
export function planRollout(generated: Generated): readonly Stage[] {
  const callers = callersOf(generated);
  const edgesIn = edgesByNamespace(generated);
  const policiesIn = Map.groupBy(generated.policies, ({ namespace }) => namespace);
  const callerCounts = countCallers(generated);
  let network = generated.before;
  return inOrder(generated, callers).map((namespace) => {
    const own = policiesIn.get(namespace) ?? [];
    const toDelete = generated.toDelete.filter(({ id }) => id.namespace === namespace);
    const steps = stepsOf(own, toDelete, callerCounts).map((step): Step => {
      const previous = network;
      network = previous.with({
        put: step.policies.map(({ resource }) => resource),
        remove: step.remove.map(({ id }) => id),
      });
      return {
        ...step,
        broken: (edgesIn.get(namespace) ?? []).filter((edge) => !isOpen(network, edge) && isOpen(previous, edge)),
      };
    });
    return { namespace, calledFrom: [...(callers.get(namespace) ?? [])].sort(), steps };
  });
}

function namespaceOf(peer: EdgePeer): string | undefined {
  return peer.kind === "owner" ? peer.owner.namespace : peer.kind === "namespace" ? peer.name : undefined;
}

function callersOf({ edges, namespaces }: Generated): ReadonlyMap<string, ReadonlySet<string>> {
  const callers = new Map(namespaces.map((namespace) => [namespace, new Set<string>()]));
  for (const { from, to } of edges) {
    const [source, target] = [namespaceOf(from), namespaceOf(to)];
    if (source !== undefined && target !== undefined && source !== target && callers.has(source))
      callers.get(target)?.add(source);
  }
  return callers;
}

/** Next is always the namespace that the fewest of those left connect to. */
function inOrder(
  { namespaces, owners }: Generated,
  callers: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const sizes = Map.groupBy(owners, ({ namespace }) => namespace);
  const left = new Set(namespaces);
  const order: string[] = [];
  const sizeOf = (namespace: string): number => sizes.get(namespace)?.length ?? 0;
  while (left.size > 0) {
    const weights = new Map<string, number>();
    for (const namespace of left) weights.set(namespace, countWithin(callers.get(namespace), left));
    const weightOf = (namespace: string): number => weights.get(namespace) ?? 0;
    const next = [...left].reduce((a, b) => {
      const order = weightOf(a) - weightOf(b) || sizeOf(a) - sizeOf(b) || (a < b ? -1 : 1);
      return order < 0 ? a : b;
    });
    left.delete(next);
    order.push(next);
  }
  return order;
}

function countWithin(names: ReadonlySet<string> | undefined, left: ReadonlySet<string>): number {
  let count = 0;
  for (const name of names ?? []) if (left.has(name)) count++;
  return count;
}

function edgesByNamespace({ edges }: Generated): ReadonlyMap<string, readonly Edge[]> {
  const found = new Map<string, Edge[]>();
  for (const edge of edges) {
    for (const namespace of new Set([namespaceOf(edge.from), namespaceOf(edge.to)])) {
      if (namespace === undefined) continue;
      const known = found.get(namespace);
      if (known === undefined) found.set(namespace, [edge]);
      else known.push(edge);
    }
  }
  return found;
}

type PlainStep = Omit<Step, "broken">;

function stepsOf(
  policies: readonly GeneratedPolicy[],
  toDelete: readonly Resource[],
  callerCounts: ReadonlyMap<Owner, number>,
): readonly PlainStep[] {
  const canary = canaryOf(policies, callerCounts);
  const others = policies.filter((policy) => policy.owner !== undefined && policy.owner !== canary);
  const steps: readonly PlainStep[] = [
    { kind: "canary", policies: policies.filter(({ owner }) => owner !== undefined && owner === canary), remove: [] },
    { kind: "workloads", policies: others, remove: [] },
    {
      kind: "default-deny",
      policies: policies.filter(({ owner }) => owner === undefined),
      remove: toDelete,
    },
  ];
  return steps.filter((step) => step.policies.length > 0);
}

/** Edges that lead to each owner. */
function countCallers({ edges }: Generated): ReadonlyMap<Owner, number> {
  const counts = new Map<Owner, number>();
  for (const { to } of edges) if (to.kind === "owner") counts.set(to.owner, (counts.get(to.owner) ?? 0) + 1);
  return counts;
}

/** The workload that the fewest depend on, of those with rules; among equals one that a controller replaces at once. */
function canaryOf(policies: readonly GeneratedPolicy[], callerCounts: ReadonlyMap<Owner, number>): Owner | undefined {
  const weights = policies
    .filter(({ owner, rules }) => owner !== undefined && rules.length > 0)
    .map(({ owner, resource }) => ({
      owner,
      name: resource.id.name,
      callers: owner === undefined ? 0 : (callerCounts.get(owner) ?? 0),
      isReplaced: owner?.workloads[0]?.kind === "Deployment" ? 0 : 1,
    }));
  const [first] = weights.sort(
    (a, b) => a.isReplaced - b.isReplaced || a.callers - b.callers || (a.name < b.name ? -1 : 1),
  );
  return first?.owner;
}

/** Whether the connection that stands for the edge is not denied. */
function isOpen(network: Network, { from, to, port }: Edge): boolean {
  const [source] = samplesOf(network, from);
  const [destination] = samplesOf(network, to);
  if (source === undefined || destination === undefined) return true;
  if (source.kind === "addresses" && destination.kind === "addresses") return true;
  const target = to.kind === "owner" ? to.owner : undefined;
  return network.reach({ source, destination, port: samplePort(port, target) }).verdict !== "denied";
}
