// `network map --exposure`: what workloads are open to beyond the pods there are, as plain data.

import type { LabelSelector } from "../../../kubernetes/label-selector.ts";
import type { ExpectedPeer } from "../exposure.ts";
import type { Network } from "../network.ts";
import { DIRECTIONS, type Direction } from "../policy.ts";
import { formatPorts, withoutOtherProtocols, type PortTexts } from "../port-set.ts";
import { isEmpty } from "../interval-set.ts";
import type { OutcomeId } from "../outcome.ts";
import { placeOf, type PolicyPlace } from "./chain.ts";

export interface ExposureEntry {
  readonly workload: string;
  readonly direction: Direction;
  /** `any-pod`: one without labels in a new namespace. `expected`: a rule names it, and no pod is it yet. */
  readonly peer: "any-pod" | "expected";
  /** For an expected peer: its own namespace, or which namespaces; absent where every one. */
  readonly namespace?: string;
  readonly namespaceSelector?: LabelSelector;
  readonly podSelector?: LabelSelector;
  /** For an expected peer what its rule admits, before other tiers and the other end have their say. */
  readonly ports: PortTexts;
  readonly policy?: PolicyPlace;
}

/** Every entry, by workload. O(rules that select workloads). */
export function* exposureEntries(network: Network): Generator<ExposureEntry> {
  for (const workload of network.workloads) {
    const exposure = network.exposure(workload);
    for (const direction of DIRECTIONS) {
      const { anyPod, expected } = exposure[direction];
      const of = { workload: workload.id, direction };
      const ports = openPorts(network, anyPod);
      if (ports !== undefined) yield { ...of, peer: "any-pod", ports };
      for (const peer of expected) {
        const open = openPorts(network, peer.ports);
        if (open !== undefined)
          yield { ...of, peer: "expected", ...endOf(peer), ports: open, policy: placeOf(peer.policy, peer.path) };
      }
    }
  }
}

function openPorts({ world }: Network, outcome: OutcomeId): PortTexts | undefined {
  const ports = world.outcomes.sureOf(outcome);
  return isEmpty(withoutOtherProtocols(ports)) ? undefined : formatPorts(ports);
}

function endOf({
  namespaces,
  pods,
}: ExpectedPeer): Pick<ExposureEntry, "namespace" | "namespaceSelector" | "podSelector"> {
  const scope = namespaces.kind === "own" ? { namespace: namespaces.name } : { namespaceSelector: namespaces.selector };
  return { ...scope, podSelector: pods };
}
