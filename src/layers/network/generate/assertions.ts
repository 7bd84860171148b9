// What was generated, as assertions for `network test`: every needed connection is allowed, each workload reaches what
// it needs and nothing else, and nobody else reaches it.

import { EVERY_ADDRESS, EVERY_SIX, type AddressSet } from "../address-set.ts";
import { covers, isEmpty, isEqual, subtract, union } from "../interval-set.ts";
import type { Network, Workload } from "../network.ts";
import { ALL_PORTS, everyPortOf, PROTOCOLS, rangesOf, withoutOtherProtocols, type PortSet } from "../port-set.ts";
import { evaluateAssertions } from "../questions/assertion-file.ts";
import { cidrsOf } from "./cidrs.ts";
import { expectationOf, type OutsideExpectation } from "./expectation.ts";
import type { Generated } from "./generate.ts";
import { isIsolable } from "./owner-selector.ts";
import { STAND_IN_ID } from "./resolver.ts";

/** As `network test` reads it. */
export interface WrittenAssertion {
  readonly name: string;
  readonly from: string | readonly string[];
  readonly to?: string | readonly string[];
  readonly onlyTo?: readonly string[];
  readonly ports?: readonly string[];
  readonly expect?: "allowed" | "denied";
}

export interface WrittenAssertions {
  readonly assertions: readonly WrittenAssertion[];
  /** Left out, since the answer depends on what the input does not say: addresses of pods, mostly. */
  readonly leftOut: number;
}

/** Assertions that hold with the generated policies; each was evaluated. O(workloads × workloads they reach). */
export function writeAssertions(generated: Generated): WrittenAssertions {
  const network = withoutStandIn(generated);
  const wanted = new Set(generated.namespaces);
  const isLimited = (workload: Workload): boolean => wanted.has(workload.namespace) && isIsolable(workload);
  const edges = generated.edges.filter(({ to }) => to.kind !== "owner" || to.owner.id !== STAND_IN_ID);
  const expectation = expectationOf(network, edges, generated.silent, isLimited);
  const drafts: WrittenAssertion[] = [];
  for (const [number, workload] of network.workloads.entries()) {
    if (!isLimited(workload)) continue;
    if (!expectation.open.egress.has(number)) {
      const targets = expectation.pairs.get(number) ?? new Map<number, PortSet>();
      const open = [...targets].filter(([target]) => target !== number);
      const outside = expectation.outbound.get(number) ?? [];
      drafts.push(...reachesOnly(network, workload, open, outside));
    }
    if (!expectation.open.ingress.has(number))
      drafts.push(...reachedFromOutside(workload, expectation.inbound.get(number) ?? []));
  }
  const evaluated = evaluateAssertions(network, { assertions: drafts });
  const passed = evaluated.ok ? evaluated.reports.map(({ result }) => result === "passed") : [];
  const assertions = drafts.filter((_, index) => passed[index] === true);
  return { assertions, leftOut: drafts.length - assertions.length };
}

/** The user's input has no stand-in for the resolver. */
function withoutStandIn({ after, resolvers }: Generated): Network {
  const assumed = resolvers.filter(({ isAssumed }) => isAssumed).map(({ resource }) => resource.id);
  return assumed.length === 0 ? after : after.with({ remove: assumed });
}

function reachesOnly(
  network: Network,
  { id }: Workload,
  targets: readonly (readonly [target: number, ports: PortSet])[],
  outside: readonly OutsideExpectation[],
): readonly WrittenAssertion[] {
  const byPorts = new Map<string, { readonly ports: PortSet; readonly to: string[] }>();
  const add = (ports: PortSet, words: readonly string[]): void => {
    const key = ports.join();
    const known = byPorts.get(key);
    if (known === undefined) byPorts.set(key, { ports, to: [...words] });
    else known.to.push(...words);
  };
  for (const [target, ports] of targets) add(ports, [network.workloads[target]?.id ?? ""]);
  for (const { set, ports } of merged(outside)) add(ports, wordsOf(withoutEverySix(set)));
  const groups = [...byPorts.values()];
  const all = [...new Set(groups.flatMap(({ to }) => to))].sort();
  const nothingElse: WrittenAssertion =
    all.length === 0
      ? { name: `${id} reaches nothing`, from: id, to: ["*/*", "external"], expect: "denied" }
      : { name: `${id} reaches nothing else`, from: id, onlyTo: all };
  return [
    ...groups.flatMap(({ ports, to }): readonly WrittenAssertion[] => {
      const words = [...new Set(to)].sort();
      const list = words.length === 1 ? (words[0] ?? "") : words;
      const rest = portWords(withoutOtherProtocols(subtract(ALL_PORTS, ports)));
      return [
        { name: `${id} reaches what it needs`, from: id, to: list, ports: portWords(ports), expect: "allowed" },
        ...(rest.length === 0
          ? []
          : [
              { name: `${id} reaches it on no other port`, from: id, to: list, ports: rest, expect: "denied" } as const,
            ]),
      ];
    }),
    nothingElse,
  ];
}

function reachedFromOutside({ id }: Workload, expected: readonly OutsideExpectation[]): readonly WrittenAssertion[] {
  const parts = merged(expected);
  const known = parts.reduce<AddressSet>((set, part) => union(set, part.set), []);
  const rest = subtract(EVERY_ADDRESS, known);
  return [
    ...parts.flatMap(({ set, ports }): readonly WrittenAssertion[] => {
      const closed = portWords(withoutOtherProtocols(subtract(ALL_PORTS, ports)));
      const from = wordsOf(set);
      const open = wordsOf(withoutEverySix(set));
      return [
        { name: `${id} is reached from outside`, from: open, to: id, ports: portWords(ports), expect: "allowed" },
        ...(closed.length === 0
          ? []
          : [{ name: `${id} is reached on no other port`, from, to: id, ports: closed, expect: "denied" } as const]),
      ];
    }),
    ...(isEmpty(rest)
      ? []
      : [{ name: `${id} is not reached from elsewhere`, from: wordsOf(rest), to: id, expect: "denied" } as const]),
  ];
}

/** Disjoint sets of addresses, each with all ports that are expected there. */
function merged(expected: readonly OutsideExpectation[]): readonly OutsideExpectation[] {
  let parts: readonly OutsideExpectation[] = [];
  for (const { set, ports } of expected) {
    let fresh = set;
    const next: OutsideExpectation[] = [];
    for (const part of parts) {
      const common = subtract(part.set, subtract(part.set, set));
      const apart = subtract(part.set, set);
      if (!isEmpty(common)) next.push({ set: common, ports: union(part.ports, ports) });
      if (!isEmpty(apart)) next.push({ set: apart, ports: part.ports });
      fresh = subtract(fresh, part.set);
    }
    if (!isEmpty(fresh)) next.push({ set: fresh, ports });
    parts = next;
  }
  return parts;
}

/** All of IPv6 is no connection in a cluster that has only IPv4. */
function withoutEverySix(set: AddressSet): AddressSet {
  return covers(set, EVERY_SIX) ? subtract(set, EVERY_SIX) : set;
}

function wordsOf(set: AddressSet): readonly string[] {
  return isEqual(set, EVERY_ADDRESS) ? ["external"] : cidrsOf(set);
}

/** As `network test` reads ports. */
function portWords(ports: PortSet): readonly string[] {
  return PROTOCOLS.flatMap((protocol) => {
    if (isEmpty(subtract(everyPortOf(protocol), ports))) return [protocol];
    return rangesOf(ports, protocol).map(
      ([first, last]) => `${protocol}/${first === last ? first : `${first}-${last}`}`,
    );
  });
}
