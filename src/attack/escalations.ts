// Who can gain what they were not given: for every subject the strongest targets it can come to, with the shortest chain.

import { createAttackGraph, type AttackGraph } from "./attack-graph.ts";
import type { AttackWorld } from "./attack-world.ts";
import type { Escalation } from "./escalation.ts";
import { createSearcher, type Closure, type Searcher } from "./closure.ts";
import { EVERYWHERE, type Holding } from "./holding.ts";
import { groupsBehind } from "./group-membership.ts";
import { holdingOfTarget, implies, targetKey, targetsOf, type Target } from "./target.ts";
import type { Technique } from "./technique.ts";
import { createTwins } from "./twins.ts";
import { derivationOf } from "./witness.ts";

export interface Escalations {
  readonly graph: AttackGraph;
  readonly searcher: Searcher;
  readonly escalations: readonly Escalation[];
  /** Subjects that were given cluster-admin: nothing is left for them to gain. */
  readonly given: readonly Holding[];
  /** How many subjects were looked at. */
  readonly subjects: number;
}

export interface EscalationsOptions {
  readonly techniques: readonly Technique[];
  /** Only these; every subject of a binding and every account unless given. */
  readonly subjects?: readonly Holding[];
}

/**
 * Every subject, every chain, without a limit on steps. One search per subject over what it reaches; a subject that comes
 * to cluster-admin is done, because everything follows from that.
 */
export function findEscalations(world: AttackWorld, { techniques, subjects }: EscalationsOptions): Escalations {
  const graph = createAttackGraph(world, techniques);
  const searcher = createSearcher(graph);
  const targets = indexedTargets(world, graph, searcher);
  const asked = subjects ?? subjectsOf(world);
  const escalations: Escalation[] = [];
  const given: Holding[] = [];
  const search: Search = { graph, searcher, targets, groups: new Map() };
  const twins = createTwins(graph);
  for (const subject of asked) {
    const start = startOf(graph, subject);
    if (start === -1) continue;
    const found = twins.of(subject, start, () => escalationsOf(search, subject, start));
    if (found === "given") given.push(subject);
    else escalations.push(...found);
  }
  return { graph, searcher, escalations, given, subjects: asked.length };
}

/** Where a subject's chains start: of one whom nothing names, at the nearest group that something does. -1: nowhere. */
export function startOf(graph: AttackGraph, subject: Holding): number {
  const own = graph.indexOf(subject);
  if (own !== -1) return own;
  for (const name of groupsBehind(subject)) {
    const group = graph.indexOf({ kind: "group", name });
    if (group !== -1) return group;
  }
  return -1;
}

/** What has to be out of reach for the targets to be: with any node, each of them. Linear in holdings. */
export function goalsOf(graph: AttackGraph, targets: readonly Target[]): readonly number[] {
  const goals = new Set(targets.map((target) => graph.indexOf(holdingOfTarget(target))));
  if (targets.some((target) => target.kind === "node" && target.node === ""))
    for (const [index, { kind }] of graph.holdings.entries()) if (kind === "node") goals.add(index);
  goals.delete(-1);
  return [...goals];
}

/** Every subject of a binding and every account, groups included: a member of a group can do what the group can. */
export function subjectsOf({ rights, accounts }: AttackWorld): readonly Holding[] {
  const names = new Map<string, Holding>();
  for (const { holder } of rights.bound) if ("name" in holder) names.set(`${holder.kind} ${holder.name}`, holder);
  for (const { user, exists } of accounts) if (exists) names.set(`user ${user}`, { kind: "user", name: user });
  return [...names.values()];
}

interface IndexedTargets {
  readonly admin: number;
  /** What may lead to cluster-admin. */
  readonly leading: Uint8Array;
  /** What may lead to any target: nothing else is of interest. */
  readonly leadingToAny: Uint8Array;
  readonly byHolding: ReadonlyMap<number, Target>;
  /** 1 for each holding in it. */
  readonly isTarget: Uint8Array;
}

function indexedTargets(world: AttackWorld, graph: AttackGraph, searcher: Searcher): IndexedTargets {
  const nodes = graph.holdings.flatMap((holding) => (holding.kind === "node" ? [holding.node] : []));
  const byHolding = new Map<number, Target>();
  for (const { target, holding } of targetsOf(world, nodes)) {
    const index = graph.indexOf(holding);
    if (index !== -1) byHolding.set(index, target);
  }
  const admin = graph.indexOf({ kind: "cluster-admin" });
  const isTarget = new Uint8Array(graph.holdings.length);
  for (const holding of byHolding.keys()) isTarget[holding] = 1;
  const leadingToAny = searcher.leadingTo([...byHolding.keys()]);
  return { admin, leading: searcher.leadingTo([admin]), leadingToAny, byHolding, isTarget };
}

interface Search {
  readonly graph: AttackGraph;
  readonly searcher: Searcher;
  readonly targets: IndexedTargets;
  /** What members of a group come to by the group alone; computed for groups that every account or user is in. */
  readonly groups: Map<number, GroupReach>;
}

interface GroupReach {
  /** 1 for each holding. */
  readonly held: Uint8Array;
  readonly found: "given" | readonly Escalation[];
}

function escalationsOf(search: Search, subject: Holding, start: number): "given" | readonly Escalation[] {
  const { graph, searcher, targets } = search;
  const toAdmin = searcher.from([start], { stopAt: targets.admin, within: targets.leading });
  if (targets.admin !== -1 && toAdmin.has(targets.admin)) {
    const one = escalationTo(graph, toAdmin, subject, { kind: "cluster-admin" }, targets.admin);
    return isGained(graph, one) ? [one] : "given";
  }
  return gainedAsMember(search, subject, start) ?? gainedAlone(search, subject, start);
}

/**
 * What a subject gains because its group does, when it comes to no target beside: most accounts have no rights but those
 * of system:authenticated, which may reach far.
 */
function gainedAsMember(search: Search, subject: Holding, start: number): readonly Escalation[] | undefined {
  const { graph, searcher, targets, groups } = search;
  for (const name of groupsBehind(subject)) {
    const group = graph.indexOf({ kind: "group", name });
    const into = [...graph.from(start)].find((step) => graph.steps[step]?.gives === group);
    if (group === -1 || into === undefined) continue;
    let reach = groups.get(group);
    if (reach === undefined) groups.set(group, (reach = groupReach(search, { kind: "group", name }, group)));
    const { held, found } = reach;
    if (found === "given") return undefined;
    const own = searcher.from([start], { beside: held, within: targets.leadingToAny });
    if (own.held.some((holding) => targets.isTarget[holding] === 1) || isGivenAny(search, start, found))
      return undefined;
    return found.map((one) => ({ ...one, subject, chain: [into, ...one.chain] }));
  }
  return undefined;
}

/** Whether the subject was given itself what its group gains, or more: then it is told on its own. */
function isGivenAny({ graph, searcher, targets }: Search, start: number, found: readonly Escalation[]): boolean {
  if (found.length === 0) return false;
  const isOpen = (step: number): boolean => isGivenStep(graph, step);
  const given = targetsAmong(searcher.from([start], { isOpen }), targets);
  const gained = found.flatMap(({ target, others }) => [target, ...others]);
  return given.some(({ target }) =>
    gained.some((other) => targetKey(target) === targetKey(other) || implies(target, other)),
  );
}

/** Whether the step is what a holding means, or the use of a right as it was given. */
function isGivenStep(graph: AttackGraph, step: number): boolean {
  const technique = graph.steps[step]?.technique;
  return technique === undefined || technique.given !== undefined;
}

function groupReach(search: Search, subject: Holding, start: number): GroupReach {
  const found = escalationsOf(search, subject, start);
  const held = new Uint8Array(search.graph.holdings.length);
  const within = search.targets.leadingToAny;
  for (const holding of search.searcher.from([start], { within }).held) held[holding] = 1;
  return { held, found };
}

function gainedAlone({ graph, searcher, targets }: Search, subject: Holding, start: number): readonly Escalation[] {
  const given = new Set(searcher.from([start], { isOpen: (step) => isGivenStep(graph, step) }).held);
  const closure = searcher.from([start], { within: targets.leadingToAny });
  const gained = strongest(closure, targets).filter(({ holding }) => !given.has(holding));
  return [...Map.groupBy(gained, ({ target }) => target.kind).values()].flatMap((ofKind) => {
    const [first, ...rest] = ofKind.toSorted((one, other) => closure.cost(one.holding) - closure.cost(other.holding));
    if (first === undefined) return [];
    const shortest = escalationTo(graph, closure, subject, first.target, first.holding);
    return [{ ...shortest, others: rest.map(({ target }) => target) }];
  });
}

function escalationTo(
  graph: AttackGraph,
  closure: Closure,
  subject: Holding,
  target: Target,
  holding: number,
): Escalation {
  return {
    subject,
    target,
    others: [],
    length: closure.cost(holding),
    chain: derivationOf(graph, closure, holding),
  };
}

/** Whether any step of the chain is more than the use of a right as it was given. */
function isGained(graph: AttackGraph, { chain }: Escalation): boolean {
  return !chain.every((step) => isGivenStep(graph, step));
}

interface HeldTarget {
  readonly target: Target;
  readonly holding: number;
}

function targetsAmong({ held }: Closure, { byHolding, isTarget }: IndexedTargets): readonly HeldTarget[] {
  const found: HeldTarget[] = [];
  for (const holding of held) {
    const target = isTarget[holding] === 1 ? byHolding.get(holding) : undefined;
    if (target !== undefined) found.push({ target, holding });
  }
  return found;
}

/** What is not said by something stronger that is held, given or gained. */
function strongest(closure: Closure, targets: IndexedTargets): readonly HeldTarget[] {
  const held = targetsAmong(closure, targets);
  // A target is said only by one of its own namespace, or by one that is about all.
  const sayable = Map.groupBy(held, ({ target }) => placeOf(target));
  const wide = sayable.get(EVERYWHERE) ?? [];
  return held.filter(
    ({ target }) =>
      !wide.some((other) => implies(other.target, target)) &&
      !(sayable.get(placeOf(target)) ?? []).some((other) => implies(other.target, target)),
  );
}

function placeOf(target: Target): string {
  if (target.kind === "cluster-admin") return EVERYWHERE;
  if (target.kind === "node") return target.node === "" ? EVERYWHERE : `node ${target.node}`;
  return target.namespace;
}
