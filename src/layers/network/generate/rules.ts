// The rules of one owner: its edges folded, so that no rule is contained in another, and grouped by equal ports.

import { isEmpty, subtract, union } from "../interval-set.ts";
import { formatRanges, type AddressSet } from "../address-set.ts";
import type { Direction } from "../policy.ts";
import type { Edge, EdgePeer, EdgePort } from "./edge.ts";
import type { Need } from "./need.ts";

export interface PlannedPeer {
  readonly peer: EdgePeer;
  /** Why it is there; sorted. */
  readonly needs: readonly Need[];
}

export interface PlannedRule {
  readonly direction: Direction;
  /** Sorted; never empty. */
  readonly peers: readonly PlannedPeer[];
  /** Sorted; never empty. */
  readonly ports: readonly EdgePort[];
}

interface Atom {
  readonly peer: EdgePeer;
  readonly port: EdgePort;
  readonly needs: Set<Need>;
}

/** Rules for the edges of one owner in one direction. O(edges × (1 + wide edges)). */
export function planRules(direction: Direction, edges: readonly Edge[]): readonly PlannedRule[] {
  const atoms = new Map<string, Atom>();
  for (const { from, to, port, need } of edges) {
    const peer = direction === "ingress" ? from : to;
    const key = `${keyOfPeer(peer)} ${keyOfEdgePort(port)}`;
    const known = atoms.get(key);
    if (known === undefined) atoms.set(key, { peer, port, needs: new Set([need]) });
    else known.needs.add(need);
  }
  return group(direction, withoutContained(withoutOverlaps([...atoms.values()])));
}

export function keyOfPeer(peer: EdgePeer): string {
  switch (peer.kind) {
    case "owner":
      return `1 ${peer.owner.id}`;
    case "namespace":
      return `2 ${peer.name}`;
    case "pods":
      return "3";
    case "addresses":
      return `4 ${formatRanges(peer.set).join()}`;
    default:
      return "0";
  }
}

export function keyOfEdgePort(port: EdgePort): string {
  switch (port.kind) {
    case "numbers":
      return `1 ${port.protocol} ${`${port.first}`.padStart(5, "0")} ${port.last}`;
    case "named":
      return `2 ${port.protocol} ${port.name}`;
    case "protocol":
      return `3 ${port.protocol}`;
    default:
      return "0";
  }
}

/** Address blocks with one port do not overlap: what an earlier, larger one has is taken from the later. */
function withoutOverlaps(atoms: readonly Atom[]): readonly Atom[] {
  const blocks = atoms.filter(({ peer }) => peer.kind === "addresses").sort((a, b) => sizeOf(b) - sizeOf(a));
  if (blocks.length < 2) return atoms;
  const taken = new Map<string, { set: AddressSet; readonly atoms: Atom[] }>();
  const kept: Atom[] = [];
  for (const atom of blocks) {
    if (atom.peer.kind !== "addresses") continue;
    const key = keyOfEdgePort(atom.port);
    const known = taken.get(key) ?? { set: [], atoms: [] };
    const set = subtract(atom.peer.set, known.set);
    if (isEmpty(set)) for (const need of atom.needs) known.atoms[0]?.needs.add(need);
    else {
      const left = { ...atom, peer: { ...atom.peer, set } };
      known.atoms.push(left);
      kept.push(left);
    }
    taken.set(key, { set: union(known.set, set), atoms: known.atoms });
  }
  return [...atoms.filter(({ peer }) => peer.kind !== "addresses"), ...kept];
}

function sizeOf({ peer }: Atom): number {
  if (peer.kind !== "addresses") return 0;
  let size = 0;
  for (let index = 0; index + 1 < peer.set.length; index += 2)
    size += Number(peer.set[index + 1] ?? 0) - Number(peer.set[index] ?? 0);
  return size;
}

/** Leaves out what a wider one admits anyway; the wider one then stands for both needs. */
function withoutContained(atoms: readonly Atom[]): readonly Atom[] {
  const containers = containersOf(atoms);
  return atoms.filter((atom) => {
    const container = widest(containers, atom);
    if (container === atom) return true;
    for (const need of atom.needs) container.needs.add(need);
    return false;
  });
}

/** What could contain others: of one port only what has the same. */
interface Containers {
  readonly ofPort: ReadonlyMap<string, readonly Atom[]>;
  readonly ofPorts: readonly Atom[];
}

function containersOf(atoms: readonly Atom[]): Containers {
  const isOfOne = ({ port }: Atom): boolean =>
    port.kind === "named" || (port.kind === "numbers" && port.first === port.last);
  const wide = atoms.filter((atom) => atom.peer.kind !== "owner" || !isOfOne(atom));
  return {
    ofPort: Map.groupBy(wide.filter(isOfOne), ({ port }) => keyOfEdgePort(port)),
    ofPorts: wide.filter((atom) => !isOfOne(atom)),
  };
}

function widest(containers: Containers, atom: Atom): Atom {
  const { ofPort, ofPorts } = containers;
  const isContainer = (one: Atom): boolean => one !== atom && contains(one, atom);
  const container = ofPorts.find(isContainer) ?? ofPort.get(keyOfEdgePort(atom.port))?.find(isContainer);
  return container === undefined ? atom : widest(containers, container);
}

/** Equal ones are joined before, so none contains another that contains it. */
function contains(outer: Atom, inner: Atom): boolean {
  return portContains(outer.port, inner.port) && peerContains(outer.peer, inner.peer);
}

function peerContains(outer: EdgePeer, inner: EdgePeer): boolean {
  switch (outer.kind) {
    case "anywhere":
      return true;
    case "pods":
      return inner.kind === "pods" || inner.kind === "namespace" || inner.kind === "owner";
    case "namespace":
      return (
        (inner.kind === "namespace" && inner.name === outer.name) ||
        (inner.kind === "owner" && inner.owner.namespace === outer.name)
      );
    case "addresses":
      return inner.kind === "addresses" && isEmpty(subtract(inner.set, outer.set));
    default:
      return inner.kind === "owner" && inner.owner === outer.owner;
  }
}

function portContains(outer: EdgePort, inner: EdgePort): boolean {
  if (outer.kind === "all") return true;
  if (inner.kind === "all" || inner.protocol !== outer.protocol) return false;
  if (outer.kind === "protocol") return true;
  if (outer.kind === "named") return inner.kind === "named" && inner.name === outer.name;
  return inner.kind === "numbers" && outer.first <= inner.first && inner.last <= outer.last;
}

/** Peers with the same ports share a rule. */
function group(direction: Direction, atoms: readonly Atom[]): readonly PlannedRule[] {
  const byPeer = Map.groupBy(atoms, ({ peer }) => keyOfPeer(peer));
  const byPorts = new Map<string, { readonly key: string; readonly atoms: readonly Atom[] }[]>();
  for (const [key, list] of byPeer) {
    const sorted = list.toSorted((a, b) => (keyOfEdgePort(a.port) < keyOfEdgePort(b.port) ? -1 : 1));
    // A rule without peers cannot be joined with one that has some.
    const isAlone = sorted[0]?.peer.kind === "anywhere";
    const ports = `${isAlone ? "0" : "1"} ${sorted.map(({ port }) => keyOfEdgePort(port)).join()}`;
    const known = byPorts.get(ports);
    if (known === undefined) byPorts.set(ports, [{ key, atoms: sorted }]);
    else known.push({ key, atoms: sorted });
  }
  return [...byPorts.entries()]
    .map(([ports, peers]) => ({ ports, peers: peers.sort((a, b) => (a.key < b.key ? -1 : 1)) }))
    .sort((a, b) => compare(a.peers[0]?.key ?? "", b.peers[0]?.key ?? "") || compare(a.ports, b.ports))
    .map(({ peers }) => ({
      direction,
      peers: peers.flatMap(({ atoms: list }) => plannedPeer(list)),
      ports: (peers[0]?.atoms ?? []).map(({ port }) => port),
    }));
}

function plannedPeer(atoms: readonly Atom[]): readonly PlannedPeer[] {
  const [first] = atoms;
  return first === undefined
    ? []
    : [{ peer: first.peer, needs: [...new Set(atoms.flatMap(({ needs }) => [...needs]))] }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
