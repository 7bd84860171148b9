// A rule of a NetworkPolicy while it is made smaller: ports and addresses joined, rules for the same peers or the same
// ports made one.

import type { NetworkPolicyPeer, NetworkPolicyPort } from "../../../kubernetes/network.ts";
import { parseCidr, type AddressSet } from "../address-set.ts";
import { isEmpty, union } from "../interval-set.ts";
import { everyPortOf, HIGHEST_PORT, isProtocol, portRange, PROTOCOLS, rangesOf, type PortSet } from "../port-set.ts";
import { cidrsOf } from "./cidrs.ts";

/** Without list: everybody, every port. */
export interface DraftRule {
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
  readonly ports: readonly NetworkPolicyPort[] | undefined;
}

/** Rules that admit the same, fewer where that is possible. About linear in their size. */
export function joinRules(rules: readonly DraftRule[]): readonly DraftRule[] {
  const samePorts = joinBy(
    rules.map(simplified),
    ({ ports }) => ports,
    (ports, group) => ({
      ports,
      peers: together(group.map(({ peers }) => peers)),
    }),
  );
  const samePeers = joinBy(
    samePorts,
    ({ peers }) => peers,
    (peers, group) => ({
      peers,
      ports: together(group.map(({ ports }) => ports)),
    }),
  );
  return samePeers.length < rules.length ? joinRules(samePeers) : samePeers;
}

/** One rule for each distinct list, in the order in which they come first. */
function joinBy<T extends readonly object[] | undefined>(
  rules: readonly DraftRule[],
  listOf: (rule: DraftRule) => T,
  join: (list: T, group: readonly DraftRule[]) => DraftRule,
): readonly DraftRule[] {
  return [...Map.groupBy(rules, (rule) => textOf(listOf(rule))).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [group.length === 1 ? first : simplified(join(listOf(first), group))];
  });
}

/** Everything where one of the lists is everything. */
function together<T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

function textOf(list: readonly object[] | undefined): string {
  return list === undefined
    ? ""
    : list
        .map((one) => JSON.stringify(one))
        .toSorted()
        .join();
}

function simplified({ peers, ports }: DraftRule): DraftRule {
  return { peers: peers && joinBlocks(distinct(peers)), ports: ports && joinPorts(distinct(ports)) };
}

function distinct<T extends object>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}

/** Numbered ports as ranges; as they are where that is not shorter. */
function joinPorts(ports: readonly NetworkPolicyPort[]): readonly NetworkPolicyPort[] {
  const named = ports.filter(({ port }) => typeof port === "string");
  const numbered = ports.filter(({ port }) => typeof port !== "string");
  const set = numbered.reduce<PortSet>((all, one) => union(all, portsOf(one)), []);
  const ranges = PROTOCOLS.flatMap((protocol) =>
    rangesOf(set, protocol).map(([first, last]): NetworkPolicyPort => {
      if (first === 1 && last === HIGHEST_PORT) return { protocol };
      return first === last ? { protocol, port: first } : { protocol, port: first, endPort: last };
    }),
  );
  const whole = new Set(ranges.flatMap(({ protocol, port }) => (port == null ? [protocol] : [])));
  const names = named.filter(({ protocol }) => !whole.has(protocol ?? "TCP")); // a name is a port of its protocol
  return ranges.length + names.length < ports.length ? [...ranges, ...names] : ports;
}

function portsOf({ protocol, port, endPort }: NetworkPolicyPort): PortSet {
  const known = protocol ?? "TCP";
  if (!isProtocol(known) || typeof port === "string") return [];
  return port == null ? everyPortOf(known) : portRange(known, port, endPort ?? port);
}

/** Blocks without exceptions as the fewest CIDRs; as they are where that is not shorter. */
function joinBlocks(peers: readonly NetworkPolicyPeer[]): readonly NetworkPolicyPeer[] {
  const plain = peers.filter(({ ipBlock }) => ipBlock != null && (ipBlock.except ?? []).length === 0);
  const set = plain.reduce<AddressSet>((all, { ipBlock }) => union(all, parseCidr(ipBlock?.cidr ?? "")?.set ?? []), []);
  const cidrs = isEmpty(set) ? [] : cidrsOf(set);
  if (cidrs.length >= plain.length) return peers;
  return [...peers.filter((one) => !plain.includes(one)), ...cidrs.map((cidr) => ({ ipBlock: { cidr } }))];
}
