// Asks the engine and the naive evaluator every probe of a world.

import { parseAddress } from "../../src/layers/network/address.ts";
import { singleAddress } from "../../src/layers/network/address-set.ts";
import { createNetwork, type End, type Network } from "../../src/layers/network/network.ts";
import { PROTOCOLS } from "../../src/layers/network/port-set.ts";
import { naiveAnswer, type Packet } from "./naive-evaluator.ts";
import { CANDIDATES, OUTSIDE } from "./random-world.ts";
import { objectsOf, type RawWorld } from "./raw-objects.ts";
import { resourcesOf } from "./resources.ts";

const PORTS = [53, 79, 80, 81, 8080, 8081];

const PACKET_KINDS = ([4, 6] as const).flatMap((family) =>
  PROTOCOLS.flatMap((protocol) => PORTS.map((port) => ({ family, protocol, port }))),
);

export interface Disagreement extends Packet {
  readonly engine: string;
  readonly naive: string;
}

export function networkOf(world: RawWorld): Network {
  return createNetwork(resourcesOf(objectsOf(world)));
}

/** Every pair of pods and addresses, both families, ports around every boundary. Stops at the first disagreement. */
export function findDisagreement(world: RawWorld): { readonly probes: number; readonly wrong?: Disagreement } {
  const network = networkOf(world);
  const pods = world.pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  let probes = 0;
  for (const packet of packetsOf([...pods, ...OUTSIDE])) {
    const naive = naiveAnswer(world, packet, CANDIDATES);
    const engine = ask(network, packet);
    probes++;
    if (engine !== naive) return { probes, wrong: { ...packet, engine, naive } };
  }
  return { probes };
}

function* packetsOf(ends: readonly string[]): Generator<Packet> {
  for (const from of ends) {
    for (const to of ends) {
      if (OUTSIDE.includes(from) && OUTSIDE.includes(to)) continue;
      for (const kind of PACKET_KINDS) yield { from, to, ...kind };
    }
  }
}

function ask(network: Network, { from, to, family, protocol, port }: Packet): string {
  const answer = network.reach({
    source: endOf(network, from),
    destination: endOf(network, to),
    port: { protocol: PROTOCOLS.find((one) => one === protocol) ?? "TCP", port },
    family,
  });
  return answer.isUnroutable ? "unroutable" : answer.verdict;
}

/** `ns/pod` or an address. */
export function endOf(network: Network, text: string): End {
  const [namespace = "", name = ""] = text.split("/");
  const pod = network.podNamed(namespace, name);
  if (pod !== undefined) return { kind: "pods", pods: [pod] };
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`neither pod nor address: ${text}`);
  return { kind: "addresses", set: singleAddress(address.point) };
}
