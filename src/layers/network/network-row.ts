// What the NetworkPolicies that select a class allow in one direction, for every peer: the union over their rules
// (k8s.io/api/networking/v1). A few defaults and the classes that differ, so that default deny costs nothing.

import type { AddressKey } from "./address-atoms.ts";
import type { AddressGroup } from "./address-groups.ts";
import type { CompiledPolicy, CompiledRule } from "./compiled-policy.ts";
import type { CompiledPorts } from "./compiled-ports.ts";
import { lowerBound } from "./label-index.ts";
import { NO_NAMED_PORTS, type PortTableId } from "./named-ports.ts";
import { risingOrder } from "./rising-order.ts";
import { NONE, ON, type OutcomeId, type Outcomes } from "./outcome.ts";
import type { PeerLists } from "./peer-lists.ts";
import type { ClassId, PodClasses } from "./pod-classes.ts";
import type { Direction } from "./policy.ts";
import type { AddressAtoms } from "./address-atoms.ts";

export interface NetworkRow {
  /** Counted from 0 for each direction. */
  readonly id: number;
  /** For every pod, whatever its labels and namespace. */
  readonly forPods: OutcomeId;
  /** For every end that is no pod. */
  readonly forOutside: OutcomeId;
  /** Classes with more than `forPods`, rising, and what they have. Address rules are not in it. */
  readonly classes: Int32Array;
  readonly values: Int32Array;
  /** What address rules add, per address key. */
  readonly byAddress: Int32Array | undefined;
  /** Address rules of egress with named ports: what they add depends on the pod that has the address. */
  readonly namedBlocks: readonly NamedBlock[];
  /** What address rules add for a group of addresses. */
  readonly addressPart: (group: AddressGroup, table: PortTableId) => OutcomeId;
}

export interface NamedBlock {
  readonly block: number;
  readonly ports: CompiledPorts;
}

export interface RowContext {
  readonly outcomes: Outcomes;
  readonly classes: PodClasses;
  readonly atoms: AddressAtoms;
  readonly lists: PeerLists;
}

export interface NetworkRows {
  /** `table`: named ports of the class itself, for ingress. O(rules × peers × classes they stand for). */
  readonly build: (policies: readonly CompiledPolicy[], direction: Direction, table: PortTableId) => NetworkRow;
}

/** Makes rows; keeps scratch space between them. */
export function createNetworkRows(context: RowContext): NetworkRows {
  const { outcomes, classes, lists } = context;
  const cells = new Int32Array(classes.count + 1);
  const stamps = new Int32Array(classes.count + 1);
  const touched = new Int32Array(classes.count + 1);
  let stamp = 0;
  let made = 0;
  const classesWithPorts = portedClasses(classes);
  const constant = createConstantLists();

  /** Where there is no rule, or one with one pod peer, which most rows of most clusters are: the peer's own list. */
  const buildSimple = (rule: CompiledRule | undefined, table: PortTableId): NetworkRow => {
    const peer = rule?.peers[0];
    const value = rule?.ports.at(table) ?? NONE;
    const ids = value !== NONE && peer?.kind === "pods" ? lists.classesOf(peer.set) : NO_CLASSES;
    return {
      id: made++,
      forPods: NONE,
      forOutside: NONE,
      classes: ids,
      values: constant.listOf(value, ids.length),
      byAddress: undefined,
      namedBlocks: NO_BLOCKS,
      addressPart: nothing,
    };
  };

  const build = (policies: readonly CompiledPolicy[], direction: Direction, table: PortTableId): NetworkRow => {
    const simple = simplePart(policies, direction);
    if (simple !== "several parts") return buildSimple(simple, direction === "ingress" ? table : NO_NAMED_PORTS);
    stamp++;
    let count = 0;
    let forPods = NONE;
    let forOutside = NONE;
    const draft = { byAddress: undefined as Int32Array | undefined, namedBlocks: [] as NamedBlock[] };
    const add = (list: Int32Array, ports: CompiledPorts, fixed: OutcomeId): void => {
      const isNamed = direction === "egress" && ports.hasNames;
      for (const id of list) {
        const value = isNamed ? ports.at(classes.portsOf[id]!) : fixed;
        if (value === NONE) continue;
        if (stamps[id] === stamp) cells[id] = outcomes.union(cells[id]!, value);
        else {
          stamps[id] = stamp;
          cells[id] = value;
          touched[count++] = id;
        }
      }
    };
    const addRule = ({ isForEveryone, peers, ports }: CompiledRule): void => {
      const fixed = ports.at(direction === "ingress" ? table : NO_NAMED_PORTS);
      if (isForEveryone) forOutside = outcomes.union(forOutside, fixed);
      if (isForEveryone || peers.some((peer) => peer.kind === "pods" && peer.set.isEveryPod)) {
        forPods = outcomes.union(forPods, fixed);
        if (direction === "egress" && ports.hasNames) add(classesWithPorts(), ports, fixed);
      }
      for (const peer of peers) {
        if (peer.kind === "block") addBlock(draft, peer.block, ports, fixed, direction, context);
        else if (peer.kind === "pods" && !peer.set.isEveryPod) add(lists.classesOf(peer.set), ports, fixed);
      }
    };
    for (const policy of policies) for (const rule of policy[direction] ?? []) addRule(rule);
    if (forPods !== NONE)
      for (let at = 0; at < count; at++) cells[touched[at]!] = outcomes.union(cells[touched[at]!]!, forPods);
    const ids = risingOrder(touched.subarray(0, count), stamps, stamp, cells, forPods);
    const values = new Int32Array(ids.length);
    for (let at = 0; at < ids.length; at++) values[at] = cells[ids[at]!]!;
    const addressPart = addressPartOf(draft, context);
    return { id: made++, forPods, forOutside, classes: ids, values, ...draft, addressPart };
  };
  return { build };
}

const NO_CLASSES = new Int32Array(0);
const NO_BLOCKS: readonly NamedBlock[] = [];

/** The only rule of the policies if it has one pod peer; `undefined` where there is no rule at all. */
function simplePart(
  policies: readonly CompiledPolicy[],
  direction: Direction,
): CompiledRule | undefined | "several parts" {
  let only: CompiledRule | undefined;
  for (const policy of policies) {
    const rules = policy[direction];
    if (rules === undefined || rules.length === 0) continue;
    if (only !== undefined || rules.length > 1) return "several parts";
    only = rules[0];
  }
  if (only === undefined) return undefined;
  const peer = only.peers[0];
  const isSimple = only.peers.length === 1 && peer?.kind === "pods" && !peer.set.isEveryPod;
  return isSimple && !(direction === "egress" && only.ports.hasNames) ? only : "several parts";
}

/** Short lists of one number, shared: many rows say the same about one or two classes. */
function createConstantLists(): { readonly listOf: (value: number, length: number) => Int32Array } {
  const known = new Map<number, Int32Array>();
  return {
    listOf: (value, length) => {
      if (length === 0) return NO_CLASSES;
      if (length > MOST_SHARED) return new Int32Array(length).fill(value);
      const key = value * MOST_SHARED + length;
      let list = known.get(key);
      if (list === undefined) known.set(key, (list = new Int32Array(length).fill(value)));
      return list;
    },
  };
}

const MOST_SHARED = 16;

function portedClasses(classes: PodClasses): () => Int32Array {
  let found: Int32Array | undefined;
  return () => {
    found ??= Int32Array.from([...classes.portsOf.keys()].filter((id) => classes.portsOf[id] !== NO_NAMED_PORTS));
    return found;
  };
}

interface AddressDraft {
  byAddress: Int32Array | undefined;
  readonly namedBlocks: NamedBlock[];
}

function addBlock(
  draft: AddressDraft,
  block: number,
  ports: CompiledPorts,
  fixed: OutcomeId,
  direction: Direction,
  { outcomes, atoms }: RowContext,
): void {
  if (direction === "egress" && ports.hasNames) draft.namedBlocks.push({ block, ports });
  if (fixed === NONE) return;
  draft.byAddress ??= new Int32Array(atoms.keyCount);
  const { byAddress } = draft;
  for (const key of atoms.keysOfBlock(block)) byAddress[key] = outcomes.union(byAddress[key]!, fixed);
}

/** What a row has for an address; keys that came after the row are what they were split from. */
export function atAddress(
  byAddress: Int32Array | undefined,
  key: AddressKey,
  atoms: Pick<AddressAtoms, "earlier">,
): OutcomeId {
  if (byAddress === undefined) return NONE;
  return byAddress[key] ?? byAddress[atoms.earlier(key, byAddress.length)] ?? NONE;
}

const nothing = (): OutcomeId => NONE;

function addressPartOf(draft: AddressDraft, { outcomes, atoms }: RowContext): NetworkRow["addressPart"] {
  if (draft.byAddress === undefined && draft.namedBlocks.length === 0) return nothing;
  const known = new Map<number, OutcomeId>();
  const atKey = (key: AddressKey, table: PortTableId): OutcomeId => {
    let result = atAddress(draft.byAddress, key, atoms);
    if (table === NO_NAMED_PORTS) return result;
    for (const { block, ports } of draft.namedBlocks) {
      if (atoms.isInBlock(key, block)) result = outcomes.union(result, ports.at(table));
    }
    return result;
  };
  return (group, fullTable) => {
    const table = draft.namedBlocks.length === 0 ? NO_NAMED_PORTS : fullTable;
    if (group.keys.length === 1) return atKey(group.keys[0] ?? 0, table);
    const name = group.id * 0x1000000 + table;
    const found = known.get(name);
    if (found !== undefined) return found;
    const result = joinKeys(group, outcomes, (key) => atKey(key, table));
    known.set(name, result);
    return result;
  };
}

/** Joins the answers for the addresses of a group: each is there, or one of them is and nobody knows which. */
export function joinKeys(group: AddressGroup, outcomes: Outcomes, at: (key: AddressKey) => OutcomeId): OutcomeId {
  const [first = 0, ...rest] = group.keys;
  let result = at(first);
  for (const key of rest) {
    const next = at(key);
    result = group.isUnknown ? outcomes.either(result, next, ON.unknownAddress) : outcomes.union(result, next);
  }
  return result;
}

/** What a row has for a class, before address rules. O(log exceptions). */
export function classPart(row: NetworkRow, id: ClassId, classes: PodClasses): OutcomeId {
  if (id === classes.outside) return row.forOutside;
  const at = lowerBound(row.classes, id);
  return row.classes[at] === id ? row.values[at]! : row.forPods;
}
