// What a person is told first, and what can be left out: subjects of Kubernetes' own, and members that a group speaks for.

import { serviceAccountOf } from "../layers/access/identity.ts";
import { recogniseBinding } from "../layers/access/bootstrap.ts";
import type { AttackWorld } from "./attack-world.ts";
import type { Escalation } from "./escalation.ts";
import type { Escalations } from "./escalations.ts";
import { holdingKey, type Holding } from "./holding.ts";
import { targetKey, type Target } from "./target.ts";

export interface Weighed {
  /** Strongest target first, then the shortest chain, then by name. */
  readonly told: readonly Escalation[];
  /** Of Kubernetes' own identities, with nothing but the bindings Kubernetes makes for them. */
  readonly own: readonly Escalation[];
  /** Of members whose group is told. */
  readonly silent: readonly Escalation[];
  /** Members of a group that gains the same by the group's rights alone, by the group's holding key. */
  readonly members: ReadonlyMap<string, number>;
}

const STRENGTH: { readonly [Kind in Target["kind"]]: number } = {
  "cluster-admin": 0,
  node: 1,
  "namespace-admin": 2,
  secrets: 3,
};

export function weigh(world: AttackWorld, { graph, escalations }: Escalations): Weighed {
  const isOwn = ownSubjects(world);
  const groups = new Map<string, Holding>();
  for (const { subject, target } of escalations)
    if (subject.kind === "group") groups.set(`${holdingKey(subject)} ${targetKey(target)}`, subject);
  const members = new Map<string, Set<string>>();
  const told: Escalation[] = [];
  const own: Escalation[] = [];
  const silent: Escalation[] = [];
  for (const escalation of escalations) {
    const group = groupOfChain(escalation);
    if (group !== undefined && groups.has(`${holdingKey(group)} ${targetKey(escalation.target)}`)) {
      const key = holdingKey(group);
      members.set(key, (members.get(key) ?? new Set()).add(holdingKey(escalation.subject)));
      silent.push(escalation);
    } else (isOwn(escalation.subject) ? own : told).push(escalation);
  }
  const counts = new Map([...members].map(([key, names]) => [key, names.size]));
  return { told: told.toSorted(inOrder), own: own.toSorted(inOrder), silent, members: counts };

  function groupOfChain({ subject, chain }: Escalation): Holding | undefined {
    const [first] = chain;
    const step = first === undefined ? undefined : graph.steps[first];
    if (step === undefined || step.technique !== undefined || graph.holdings[step.gives]?.kind !== "group")
      return undefined;
    const isOnly = !chain.slice(1).some((index) => graph.steps[index]?.needs.includes(graph.indexOf(subject)));
    return isOnly ? graph.holdings[step.gives] : undefined;
  }
}

/** Identities of the control plane, and accounts that only Kubernetes' own bindings name. */
function ownSubjects({ rights, minor }: AttackWorld): (subject: Holding) => boolean {
  const own = new Map<string, boolean>();
  for (const { holder, binding } of rights.bound) {
    const key = holdingKey(holder);
    if (own.get(key) === false) continue;
    own.set(key, recogniseBinding(binding, minor).kind === "default");
  }
  return (subject) => {
    if (subject.kind !== "user" && subject.kind !== "group") return false;
    const account = serviceAccountOf(subject.name);
    const isSystem = account === undefined ? subject.name.startsWith("system:") : account.namespace === "kube-system";
    return isSystem && own.get(holdingKey(subject)) === true;
  };
}

function inOrder(one: Escalation, other: Escalation): number {
  return (
    STRENGTH[one.target.kind] - STRENGTH[other.target.kind] ||
    one.length - other.length ||
    compare(holdingKey(one.subject), holdingKey(other.subject)) ||
    compare(targetKey(one.target), targetKey(other.target))
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
