// Assertions about what a node reaches. A node always reaches the pods that run on it, which the map, that tells
// addresses apart by rules only, does not show.

import { judgePorts, type Assertion, type AssertionResult } from "../assertion.ts";
import { isSingleAddress } from "../address-set.ts";
import { isEmpty } from "../interval-set.ts";
import type { Network } from "../network.ts";
import type { PortSet } from "../port-set.ts";

export interface WithoutNode {
  /** About the node alone; one result for each workload that it may reach. */
  readonly results: readonly AssertionResult[];
  /** What is left to ask; `undefined` where that is nothing. */
  readonly rest: Assertion | undefined;
}

/** Takes the address of a node out of the sources of an assertion, where it is the only address. */
export function takeNode(network: Network, assertion: Assertion): WithoutNode {
  const { from, to } = assertion;
  const [first] = from.addresses;
  if (!isSingleAddress(from.addresses) || first === undefined || !network.world.nodesAt.has(first))
    return { results: [], rest: assertion };
  const results = [...to.workloads].map((position): AssertionResult => {
    const reach = network.reach({
      source: { kind: "addresses", set: from.addresses },
      destination: { kind: "pods", pods: network.workloads[position]?.pods ?? [] },
    });
    const { wrong, maybeWrong } = judgePorts(assertion, reach.ports, reach.possiblePorts);
    const failure = (kind: "fails" | "depends", set: PortSet): AssertionResult => ({
      kind,
      counterExample: { from: from.addresses, to: position, ports: set },
    });
    if (!isEmpty(wrong)) return failure("fails", wrong);
    return isEmpty(maybeWrong) ? { kind: "holds" } : failure("depends", maybeWrong);
  });
  const rest = from.workloads.size === 0 ? undefined : { ...assertion, from: { ...from, addresses: [] } };
  return { results, rest };
}
