// The same few packets asked of the naive evaluator in two worlds with the same pods.

import { naiveAnswer, type Packet } from "./naive-evaluator.ts";
import { CANDIDATES, OUTSIDE } from "./random-world.ts";
import type { RawWorld } from "./raw-objects.ts";

const PORTS = [1, 53, 79, 80, 81, 8080, 8081];
const PROTOCOLS = ["TCP", "UDP", "SCTP", "ICMP"];

/** Packets between pods and addresses of a world, spread over all of them; `start` chooses which. */
function* packetsOf({ pods }: RawWorld, count: number, start: number): Generator<Packet> {
  const ends = [...pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`), ...OUTSIDE];
  const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T; // never empty
  let state = start;
  for (let index = 0; index < count; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // a linear congruential generator
    const number = state >>> 8;
    yield {
      from: pick(ends, number),
      to: pick(ends, Math.floor(number / 31)),
      family: number % 3 === 0 ? 6 : 4,
      protocol: pick(PROTOCOLS, Math.floor(number / 7)),
      port: pick(PORTS, Math.floor(number / 61)),
    };
  }
}

/** The first packet that the worlds answer differently, in words. */
export function differenceOf(before: RawWorld, after: RawWorld, count: number, start: number): string | undefined {
  for (const packet of packetsOf(before, count, start)) {
    if (OUTSIDE.includes(packet.from) && OUTSIDE.includes(packet.to)) continue;
    const old = naiveAnswer(before, packet, CANDIDATES);
    const now = naiveAnswer(after, packet, CANDIDATES);
    if (old !== now) return `${JSON.stringify(packet)}: ${old}, now ${now}`;
  }
  return undefined;
}
