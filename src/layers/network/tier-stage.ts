// One tier of cluster policies over one subject: rules in order of priority, first match decides, Pass leaves the tier
// (network-policy-api `api-overview`). Policies of equal priority may be asked in any order, so a cell holds every
// possible end: accepted, denied, undecided.

import type { AddressAtoms, AddressKey } from "./address-atoms.ts";
import type { CompiledPolicy, CompiledRule } from "./compiled-policy.ts";
import { intersect, isEmpty, subtract, union } from "./interval-set.ts";
import type { PortTableId } from "./named-ports.ts";
import { ON, type OutcomeId, type Outcomes } from "./outcome.ts";
import type { PeerLists } from "./peer-lists.ts";
import type { ClassId, PodClasses } from "./pod-classes.ts";
import type { Direction } from "./policy.ts";
import { ALL_PORTS, NO_PORTS, type PortSet } from "./port-set.ts";

/** What a tier may do with each port; the sets overlap where the answer is open. */
export interface TierCell {
  readonly accepted: PortSet;
  readonly denied: PortSet;
  readonly undecided: PortSet;
  readonly questions: number;
}

/** Number of an interned cell. */
export type TierCellId = number;

export interface TierStage {
  /** Whether addresses matter. */
  readonly hasBlocks: boolean;
  readonly cellAt: (peer: ClassId, key: AddressKey) => TierCellId;
}

export interface TierContext {
  readonly outcomes: Outcomes;
  readonly classes: PodClasses;
  readonly atoms: AddressAtoms;
  readonly lists: PeerLists;
}

export interface TierStages {
  /** `policies` in order of priority; `table`: named ports of the subject, for ingress. */
  readonly stage: (policies: readonly CompiledPolicy[], direction: Direction, table: PortTableId) => TierStage;
  readonly cell: (id: TierCellId) => TierCell;
  /** What a tier and what comes after it give together. */
  readonly followedBy: (cell: TierCellId, after: OutcomeId) => OutcomeId;
}

export function createTierStages(context: TierContext): TierStages {
  const ids = new Map<string, TierCellId>();
  const cells: TierCell[] = [];
  const results = new Map<number, OutcomeId>();
  const intern = (cell: TierCell): TierCellId => {
    const key = [cell.accepted, cell.denied, cell.undecided, [cell.questions]].map((part) => part.join()).join(";");
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, cells.length);
    return cells.push(cell) - 1;
  };
  const cell = (id: TierCellId): TierCell => cells[id] ?? UNTOUCHED;
  return {
    cell,
    stage: (policies, direction, table) => createStage(policies, direction, table, context, intern),
    followedBy: (id, after) => {
      const key = id * 0x4000000 + after;
      const known = results.get(key);
      if (known !== undefined) return known;
      const result = combine(cell(id), after, context.outcomes);
      results.set(key, result);
      return result;
    },
  };
}

const UNTOUCHED: TierCell = { accepted: NO_PORTS, denied: NO_PORTS, undecided: ALL_PORTS, questions: 0 };

function combine(cell: TierCell, after: OutcomeId, outcomes: Outcomes): OutcomeId {
  const possible = union(cell.accepted, intersect(cell.undecided, outcomes.possibleOf(after)));
  const deniable = union(cell.denied, subtract(cell.undecided, outcomes.sureOf(after)));
  return outcomes.of(subtract(ALL_PORTS, deniable), possible, cell.questions | outcomes.questionsOf(after));
}

function createStage(
  policies: readonly CompiledPolicy[],
  direction: Direction,
  table: PortTableId,
  context: TierContext,
  intern: (cell: TierCell) => TierCellId,
): TierStage {
  const { atoms, classes } = context;
  const groups = byPriority(policies);
  const blocks = blocksOf(policies, direction);
  const byPattern = new Map<string, Int32Array>();
  const columns = new Map<AddressKey, Int32Array>();
  const columnOf = (key: AddressKey): Int32Array => {
    const known = columns.get(key);
    if (known !== undefined) return known;
    const pattern = blocks.map((block) => (atoms.isInBlock(key, block) ? "1" : "0")).join("");
    const column = byPattern.get(pattern) ?? new Int32Array(classes.count + 1).fill(-1);
    byPattern.set(pattern, column);
    columns.set(key, column);
    return column;
  };
  return {
    hasBlocks: blocks.length > 0,
    cellAt: (peer, key) => {
      const column = columnOf(blocks.length === 0 ? 0 : key);
      let id = column[peer] ?? -1;
      if (id >= 0) return id;
      const ports = direction === "ingress" ? table : (classes.portsOf[peer] ?? 0);
      id = intern(evaluate(groups, direction, peer, key, ports, context));
      column[peer] = id;
      return id;
    },
  };
}

function byPriority(policies: readonly CompiledPolicy[]): readonly (readonly CompiledPolicy[])[] {
  const groups = new Map<number, CompiledPolicy[]>();
  for (const policy of policies) {
    const group = groups.get(policy.policy.priority);
    if (group === undefined) groups.set(policy.policy.priority, [policy]);
    else group.push(policy);
  }
  return [...groups.entries()].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}

function blocksOf(policies: readonly CompiledPolicy[], direction: Direction): readonly number[] {
  const blocks = new Set<number>();
  for (const policy of policies) {
    for (const { peers } of policy[direction] ?? []) {
      for (const peer of peers) if (peer.kind === "block") blocks.add(peer.block);
    }
  }
  return [...blocks];
}

function evaluate(
  groups: readonly (readonly CompiledPolicy[])[],
  direction: Direction,
  peer: ClassId,
  key: AddressKey,
  table: PortTableId,
  context: TierContext,
): TierCell {
  let { accepted, denied, undecided, questions } = UNTOUCHED;
  let passed = NO_PORTS;
  for (const group of groups) {
    const parts = group.map((policy) => firstMatches(policy[direction] ?? [], undecided, peer, key, table, context));
    for (const part of parts) {
      if (parts.some((other) => other !== part && contradict(part, other))) questions |= ON.equalPriority;
      accepted = union(accepted, part.accepted);
      denied = union(denied, part.denied);
      passed = union(passed, part.passed);
      questions |= part.questions;
    }
    for (const part of parts) undecided = subtract(undecided, part.decided);
  }
  return { accepted, denied, undecided: union(undecided, passed), questions };
}

interface Part {
  readonly accepted: PortSet;
  readonly denied: PortSet;
  readonly passed: PortSet;
  /** Surely taken by some rule. */
  readonly decided: PortSet;
  readonly questions: number;
}

/** What one policy does with the ports that reach it. */
function firstMatches(
  rules: readonly CompiledRule[],
  reaching: PortSet,
  peer: ClassId,
  key: AddressKey,
  table: PortTableId,
  context: TierContext,
): Part {
  const taken = { Accept: NO_PORTS, Deny: NO_PORTS, Pass: NO_PORTS };
  let left = reaching;
  let questions = 0;
  for (const compiled of rules) {
    if (isEmpty(left)) break;
    const match = matchPeer(compiled, peer, key, context);
    if (match === "no") continue;
    const hit = intersect(left, context.outcomes.sureOf(compiled.ports.at(table)));
    if (isEmpty(hit)) continue;
    taken[compiled.rule.action] = union(taken[compiled.rule.action], hit);
    if (match === "maybe") questions |= ON.domainName;
    else left = subtract(left, hit);
  }
  const { Accept: accepted, Deny: denied, Pass: passed } = taken;
  return { accepted, denied, passed, decided: subtract(reaching, left), questions };
}

function contradict(a: Part, b: Part): boolean {
  return [
    [a.accepted, b.denied],
    [a.accepted, b.passed],
    [a.denied, b.passed],
  ].some(([left = NO_PORTS, right = NO_PORTS]) => !isEmpty(intersect(left, right)));
}

/** Whether a rule is about a peer; a domain name may stand for any external address. */
export function matchPeer(
  { isForEveryone, peers }: CompiledRule,
  id: ClassId,
  key: AddressKey,
  { classes, atoms, lists }: Pick<TierContext, "classes" | "atoms" | "lists">,
): "yes" | "maybe" | "no" {
  if (isForEveryone) return "yes";
  let best: "maybe" | "no" = "no";
  for (const peer of peers) {
    if (peer.kind === "pods" ? lists.has(peer.set, id) : peer.kind === "block" && atoms.isInBlock(key, peer.block))
      return "yes";
    if (peer.kind === "domains" && id === classes.outside) best = "maybe";
  }
  return best;
}
