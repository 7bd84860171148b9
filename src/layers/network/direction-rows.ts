// For each class of pods and each direction, what decides: the Admin tier, the NetworkPolicies, the Baseline tier.
// Classes under the same policies share a row.

import type { AddressAtoms, AddressKey } from "./address-atoms.ts";
import type { AddressGroup } from "./address-groups.ts";
import type { CompiledPolicy } from "./compiled-policy.ts";
import { complementOf, type Outcomes, ALL, ON, type OutcomeId } from "./outcome.ts";
import { union } from "./interval-set.ts";
import { NO_NAMED_PORTS, type PortTableId } from "./named-ports.ts";
import type { PeerLists } from "./peer-lists.ts";
import {
  classPart,
  createNetworkRows,
  joinKeys,
  type NetworkRow,
  type NetworkRows,
  type RowContext,
} from "./network-row.ts";
import type { ClassId, PodClasses } from "./pod-classes.ts";
import { EMPTY_SET, type PolicySetId, type Selection } from "./policy-sets.ts";
import type { Direction } from "./policy.ts";
import { ALL_PORTS } from "./port-set.ts";
import type { TierStage, TierStages } from "./tier-stage.ts";

export interface Row {
  readonly id: number;
  readonly admin: TierStage | undefined;
  /** `undefined`: no NetworkPolicy isolates the class in this direction. */
  readonly network: NetworkRow | undefined;
  readonly baseline: TierStage | undefined;
  /** NetworkPolicies select the class, but for the other direction only: whether Baseline is asked is open. */
  readonly isOneDirection: boolean;
}

/** Whether the source may be the node that the destination pod runs on: its traffic to the pod is always allowed. */
export type OwnNode = "no" | "yes" | "unknown";

/** The row of ends that no policy selects. */
const OPEN_ROW: Row = {
  id: 0,
  admin: undefined,
  network: undefined,
  baseline: undefined,
  isOneDirection: false,
};

export interface DirectionRows {
  readonly rowOf: (id: ClassId) => Row;
  /** What the row allows with a peer of this class that has these addresses. */
  readonly cell: (row: Row, peer: ClassId, group: AddressGroup, ownNode?: OwnNode) => OutcomeId;
}

export interface RowsContext {
  readonly policies: readonly CompiledPolicy[];
  readonly selection: Selection;
  readonly outcomes: Outcomes;
  readonly classes: PodClasses;
  readonly atoms: AddressAtoms;
  readonly lists: PeerLists;
  readonly stages: TierStages;
  /** What was worked out for the same classes and addresses under other policies. */
  readonly caches: RowCaches;
}

/** Rows by the set of policies they come from; valid as long as classes and addresses are the same. */
export interface RowCaches {
  readonly networkRows: NetworkRows;
  /** Of sets without named ingress ports, by set. */
  readonly bySet: Map<PolicySetId, NetworkRow>;
  /** Of the others, by set and table of named ports. */
  readonly bySetAndTable: Map<number, NetworkRow>;
  /** By number of the network row. */
  readonly plain: (Row | undefined)[];
  readonly tiered: Map<string, Row>;
  readonly stages: Map<string, TierStage>;
}

export function createRowCaches(context: RowContext): RowCaches {
  return {
    networkRows: createNetworkRows(context),
    bySet: new Map(),
    bySetAndTable: new Map(),
    plain: [],
    tiered: new Map(),
    stages: new Map(),
  };
}

const MOST_TABLES = 0x1000000;

interface KeyedStage {
  readonly key: string;
  readonly stage: TierStage | undefined;
}

const NO_STAGE: KeyedStage = { key: "", stage: undefined };

/** Rows are made when first asked for. */
export function createDirectionRows(direction: Direction, context: RowsContext): DirectionRows {
  const { selection, outcomes, classes, stages } = context;
  const other = direction === "ingress" ? selection.egress : selection.ingress;
  const { networkRows, bySet, bySetAndTable, plain: plainRows, tiered, stages: stagesBySet } = context.caches;
  const ofClass: (Row | undefined)[] = [];

  const membersOf = (set: PolicySetId): readonly CompiledPolicy[] =>
    selection.sets.membersOf(set).map((number) => context.policies[number]!); // numbers of policies of this list
  const tableFor = (members: readonly CompiledPolicy[], id: ClassId): PortTableId =>
    direction === "ingress" && hasNamedPorts(members) ? (classes.portsOf[id] ?? NO_NAMED_PORTS) : NO_NAMED_PORTS;
  const networkRow = (set: PolicySetId, id: ClassId): NetworkRow | undefined => {
    if (set === EMPTY_SET) return undefined;
    const plain = bySet.get(set);
    if (plain !== undefined) return plain;
    const members = membersOf(set);
    if (direction === "egress" || !hasNamedPorts(members)) {
      const made = networkRows.build(members, direction, NO_NAMED_PORTS);
      bySet.set(set, made);
      return made;
    }
    const table = classes.portsOf[id] ?? NO_NAMED_PORTS;
    const key = set * MOST_TABLES + table;
    const found = bySetAndTable.get(key);
    if (found !== undefined) return found;
    const made = networkRows.build(members, direction, table);
    bySetAndTable.set(key, made);
    return made;
  };
  const stage = (set: PolicySetId, id: ClassId): KeyedStage => {
    if (set === EMPTY_SET) return NO_STAGE;
    const members = membersOf(set);
    const table = tableFor(members, id);
    const key = `${set} ${table}`;
    const made = stagesBySet.get(key) ?? stages.stage(members, direction, table);
    stagesBySet.set(key, made);
    return { key, stage: made };
  };
  // Plain rows have odd numbers, tiered ones even: both grow by themselves.
  const plainRow = (network: NetworkRow): Row =>
    (plainRows[network.id] ??= {
      id: 2 * network.id + 1,
      admin: undefined,
      network,
      baseline: undefined,
      isOneDirection: false,
    });
  const makeRow = (id: ClassId): Row => {
    const sets = selection[direction];
    const network = networkRow(sets.NetworkPolicy[id] ?? EMPTY_SET, id);
    const admin = stage(sets.Admin[id] ?? EMPTY_SET, id);
    const baseline = stage(network === undefined ? (sets.Baseline[id] ?? EMPTY_SET) : EMPTY_SET, id);
    if (admin.stage === undefined && baseline.stage === undefined) {
      return network === undefined ? OPEN_ROW : plainRow(network);
    }
    const isOneDirection = baseline.stage !== undefined && (other.NetworkPolicy[id] ?? EMPTY_SET) !== EMPTY_SET;
    const plain = network === undefined ? 0 : plainRow(network).id;
    const key = `${admin.key};${plain};${baseline.key};${isOneDirection ? 1 : 0}`;
    const known = tiered.get(key);
    if (known !== undefined) return known;
    const row: Row = { id: 2 * tiered.size + 2, admin: admin.stage, network, baseline: baseline.stage, isOneDirection };
    tiered.set(key, row);
    return row;
  };

  const baselineOutcome = (row: Row, peer: ClassId, key: AddressKey): OutcomeId => {
    if (row.baseline === undefined) return ALL;
    const { accepted, denied, undecided, questions } = stages.cell(row.baseline.cellAt(peer, key));
    const outcome = outcomes.of(complementOf(denied), union(accepted, undecided), questions);
    return row.isOneDirection ? outcomes.of(outcomes.sureOf(outcome), ALL_PORTS, questions | ON.oneDirection) : outcome;
  };
  const networkOutcome = (network: NetworkRow, peer: ClassId, group: AddressGroup, ownNode: OwnNode): OutcomeId => {
    if (ownNode === "yes") return ALL;
    const part = classPart(network, peer, classes);
    const outcome = outcomes.union(part, network.addressPart(group, classes.portsOf[peer] ?? NO_NAMED_PORTS));
    return ownNode === "no" ? outcome : outcomes.of(outcomes.sureOf(outcome), ALL_PORTS, ON.ownNode);
  };
  const cellForGroup = (row: Row, peer: ClassId, group: AddressGroup, key: AddressKey, ownNode: OwnNode): OutcomeId => {
    const after =
      row.network === undefined ? baselineOutcome(row, peer, key) : networkOutcome(row.network, peer, group, ownNode);
    return row.admin === undefined ? after : stages.followedBy(row.admin.cellAt(peer, key), after);
  };
  return {
    rowOf: (id) => (id === classes.outside ? OPEN_ROW : (ofClass[id] ??= makeRow(id))),
    cell: (row, peer, group, ownNode = "no") => {
      if (row === OPEN_ROW) return ALL;
      const dependsOnKey = row.admin?.hasBlocks === true || row.baseline?.hasBlocks === true;
      if (!dependsOnKey || group.keys.length === 1) return cellForGroup(row, peer, group, group.keys[0] ?? 0, ownNode);
      return joinKeys(group, outcomes, (key) => cellForGroup(row, peer, singleKey(key), key, ownNode));
    },
  };
}

function hasNamedPorts(policies: readonly CompiledPolicy[]): boolean {
  return policies.some(({ hasNamedIngressPorts }) => hasNamedIngressPorts);
}

/** A group of one key that needs no number: groups of one key are never looked up by it. */
function singleKey(key: AddressKey): AddressGroup {
  return { id: -1, keys: [key], isUnknown: false };
}
