// The proof, by the engine that answers `network reach` and `network map`: every needed connection is allowed, nothing
// else is, and each rule is necessary.

import { formatRanges } from "../address-set.ts";
import { intersect, isEmpty, subtract } from "../interval-set.ts";
import type { Connectivity, Network, Workload } from "../network.ts";
import { NONE, openQuestions, type OpenQuestion, type OutcomeId } from "../outcome.ts";
import type { OutsideRange } from "../outside.ts";
import { NO_PORTS, withoutOtherProtocols, type PortSet } from "../port-set.ts";
import { expectedPorts, idOf, type Expectation, type OutsideExpectation } from "./expectation.ts";
import type { PolicyKind } from "./generated-policy.ts";
import { refineOutside } from "./refine-outside.ts";

/** One connection that is not as it should be. */
export interface WrongConnection {
  /** A workload's id, or a range of addresses. */
  readonly from: string;
  readonly to: string;
  readonly ports: PortSet;
}

export interface ConnectionProof {
  /** Pairs of ends that are needed, and are allowed. */
  readonly allowed: number;
  /** Needed, and not allowed: another policy stands in the way. */
  readonly missing: readonly WrongConnection[];
  /** Allowed, and not needed. */
  readonly extra: readonly WrongConnection[];
  /** Pairs for which Kubernetes, or what is known of addresses, leaves the answer open. */
  readonly depends: { readonly missing: number; readonly extra: number; readonly on: readonly OpenQuestion[] };
}

export interface ProofInput {
  readonly network: Network;
  /** Of the network. */
  readonly map: Connectivity;
  readonly expectation: Expectation;
  /** Whether the generated policies apply to it. */
  readonly isLimited: (workload: Workload) => boolean;
  readonly kind: PolicyKind;
}

/** Compares the map with what is expected, for every pair that has an end in the namespaces. O(open pairs). */
export function proveConnections(input: ProofInput): ConnectionProof {
  const tally = createTally(input.network);
  const { network, map, expectation, kind } = input;
  const { workloads } = network;
  const isLimitedNow = workloads.map(input.isLimited);
  const isLimited = (number: number): boolean => isLimitedNow[number] ?? false;
  // A ClusterNetworkPolicy knows pods as sources, nothing else: what comes from outside or from nodes stays as it is.
  const isSource = (number: number): boolean =>
    kind === "NetworkPolicy" || (workloads[number]?.pods.some(({ isHostNetwork }) => !isHostNetwork) ?? false);
  const tellOpen = (source: number, target: number, outcome: OutcomeId): void => {
    if (!isLimited(source) && !isLimited(target)) return;
    const expected = expectedPorts(expectation, source, target, isLimited) ?? NO_PORTS;
    tally.pair(idOf(workloads, source), idOf(workloads, target), outcome, expected);
  };
  const outcomes = new Int32Array(workloads.length);
  for (const { sources, reached, outside } of map.rows()) {
    for (const { outcome, workloads: targets } of reached) for (const target of targets) outcomes[target] = outcome;
    for (const source of sources) {
      if (!isSource(source)) continue;
      for (const { outcome, workloads: targets } of reached)
        for (const target of targets) tellOpen(source, target, outcome);
      for (const [target, ports] of expectation.pairs.get(source) ?? []) {
        if (outcomes[target] === NONE && (isLimited(source) || isLimited(target)))
          tally.pair(idOf(workloads, source), idOf(workloads, target), NONE, ports);
      }
      if (isLimited(source))
        tally.outside(idOf(workloads, source), "to", outside, expectation.outbound.get(source) ?? []);
    }
    for (const { workloads: targets } of reached) for (const target of targets) outcomes[target] = NONE;
  }
  if (kind === "NetworkPolicy") {
    for (const { workloads: targets, outside } of map.inbound())
      for (const target of targets)
        if (isLimited(target))
          tally.outside(idOf(workloads, target), "from", outside, expectation.inbound.get(target) ?? []);
  }
  return tally.finish();
}

interface Tally {
  readonly pair: (from: string, to: string, outcome: OutcomeId, expected: PortSet) => void;
  /** `side`: where the addresses stand. */
  readonly outside: (
    workload: string,
    side: "from" | "to",
    ranges: readonly OutsideRange[],
    expected: readonly OutsideExpectation[],
  ) => void;
  readonly finish: () => ConnectionProof;
}

interface Judgement {
  readonly missing: PortSet;
  readonly extra: PortSet;
  readonly dependsMissing: boolean;
  readonly dependsExtra: boolean;
  readonly questions: number;
}

function createTally({ world: { outcomes } }: Network): Tally {
  const missing: WrongConnection[] = [];
  const extra: WrongConnection[] = [];
  let allowed = 0;
  let dependsMissing = 0;
  let dependsExtra = 0;
  let questions = 0;
  const judged = new Map<OutcomeId, Map<PortSet, Judgement>>();
  const judge = (outcome: OutcomeId, expected: PortSet): Judgement => {
    let known = judged.get(outcome);
    if (known === undefined) judged.set(outcome, (known = new Map<PortSet, Judgement>()));
    let made = known.get(expected);
    if (made === undefined) {
      const sure = outcomes.sureOf(outcome);
      const possible = outcomes.possibleOf(outcome);
      made = {
        missing: subtract(expected, possible),
        extra: withoutOtherProtocols(subtract(sure, expected)),
        dependsMissing: !isEmpty(subtract(intersect(expected, possible), sure)),
        dependsExtra: !isEmpty(withoutOtherProtocols(subtract(subtract(possible, sure), expected))),
        questions: outcomes.questionsOf(outcome),
      };
      known.set(expected, made);
    }
    return made;
  };
  const count = (from: string, to: string, outcome: OutcomeId, expected: PortSet): void => {
    const found = judge(outcome, expected);
    if (!isEmpty(found.missing)) missing.push({ from, to, ports: found.missing });
    else if (!isEmpty(expected)) allowed++;
    if (!isEmpty(found.extra)) extra.push({ from, to, ports: found.extra });
    if (found.dependsMissing) dependsMissing++;
    if (found.dependsExtra) dependsExtra++;
    if (found.dependsMissing || found.dependsExtra) questions |= found.questions;
  };
  return {
    pair: count,
    outside: (workload, side, ranges, expected) => {
      for (const { addresses, outcome, ports } of refineOutside(ranges, expected)) {
        for (const range of formatRanges(addresses).slice(0, 1))
          if (side === "from") count(range, workload, outcome, ports);
          else count(workload, range, outcome, ports);
      }
    },
    finish: () => ({
      allowed,
      missing,
      extra,
      depends: { missing: dependsMissing, extra: dependsExtra, on: openQuestions(questions) },
    }),
  };
}
