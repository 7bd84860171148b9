// One connection that stands for an edge: a pod of each end, or an address, and a port.

import { isSingleAddress, singleAddress } from "../address-set.ts";
import type { End } from "../end.ts";
import { isEmpty } from "../interval-set.ts";
import type { Network } from "../network.ts";
import { STRANGER, type Pod } from "../pod.ts";
import { HIGHEST_PORT, PROTOCOLS, rangesOf, type Protocol } from "../port-set.ts";
import type { EdgePeer, EdgePort } from "./edge.ts";
import type { Owner } from "./owner-selector.ts";
import { portSetOf } from "./resolve-need.ts";

/** Twice the same pod stands for two replicas: a pod and itself would be answered without any policy. */
export function twice([pod]: readonly Pod[]): readonly Pod[] {
  return pod === undefined ? [] : [pod, pod];
}

/** A pod of each workload the peer stands for, or one address. */
export function samplesOf({ workloads }: Network, peer: EdgePeer): readonly End[] {
  const pods = (list: readonly (typeof workloads)[number][]): readonly End[] =>
    list.map((workload) => ({ kind: "pods", pods: twice(workload.pods) }));
  switch (peer.kind) {
    case "owner":
      return pods(peer.owner.workloads);
    case "namespace":
      return pods(workloads.filter(({ namespace }) => namespace === peer.name));
    case "pods":
      return [{ kind: "pods", pods: [STRANGER] }];
    case "addresses": {
      const [first = 0] = peer.set;
      return [{ kind: "addresses", set: isSingleAddress(peer.set) ? peer.set : singleAddress(first) }];
    }
    default:
      return [
        { kind: "addresses", set: singleAddress(SOMEWHERE) },
        { kind: "pods", pods: [STRANGER] },
      ];
  }
}

/** 192.0.2.1, which nobody has. */
const SOMEWHERE = 0xc0000201;

/** The highest port of an edge, for what the destination calls by a name. */
export function samplePort(
  port: EdgePort,
  target: Owner | undefined,
): { readonly protocol: Protocol; readonly port: number } {
  if (port.kind === "all") return { protocol: "TCP", port: HIGHEST_PORT };
  let set = portSetOf(port, undefined);
  for (const workload of target?.workloads ?? []) if (isEmpty(set)) set = portSetOf(port, workload);
  for (const protocol of PROTOCOLS) {
    const [range] = rangesOf(set, protocol);
    if (range !== undefined) return { protocol, port: range[1] };
  }
  return { protocol: "TCP", port: HIGHEST_PORT };
}
