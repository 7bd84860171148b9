// `network reach`: one question in words, answered as JSON (docs: commands, `network reach --format json`).

import { familyOf, parseAddress, type AddressFamily } from "../address.ts";
import type { End } from "../end.ts";
import { union } from "../interval-set.ts";
import type { Network } from "../network.ts";
import type { OpenQuestion } from "../outcome.ts";
import { formatPorts, NO_PORTS, portRange, type PortTexts } from "../port-set.ts";
import type { Opening, Reach, Verdict } from "../reach.ts";
import { mostOpen, reachService, reachServicePorts, type ServiceReach } from "../service-reach.ts";
import type { ServiceView } from "../services.ts";
import { chainOf, type ChainLink } from "./chain.ts";
import { findEnd, type NamedEnd } from "./named-end.ts";
import type { NamedPort } from "./named-ports.ts";
import { familyThrough, sourceBehind } from "./service-ends.ts";

export interface DirectionAnswer {
  readonly verdict: Verdict;
  /** Surely open in this direction alone. */
  readonly ports: PortTexts;
}

export interface ReachAnswer {
  readonly verdict: Verdict;
  readonly egress: DirectionAnswer;
  readonly ingress: DirectionAnswer;
  /** The deciding rules, egress first; absent where they were not asked for. */
  readonly by?: readonly ChainLink[];
  /** Without a port in the question: what is surely open; of a Service its own ports. */
  readonly ports?: PortTexts;
  /** What the answer depends on. */
  readonly depends?: string;
  readonly on?: readonly OpenQuestion[];
  /** The ends have no address family in common, or nothing is behind the Service. */
  readonly gap?: "no-common-family" | NonNullable<ServiceReach["gap"]>;
  /** Each pod behind the Service. */
  readonly backends?: readonly { readonly to: string; readonly port: number; readonly verdict: Verdict }[];
}

export type Answer =
  | { readonly kind: "answer"; readonly answer: ReachAnswer }
  | { readonly kind: "problem"; readonly end: Exclude<NamedEnd, { readonly kind: "end" | "service" }> };

/**
 * Answers a question in words. Without rules, the answer is what it is, some ten times faster. A Service as source
 * stands for its pods; its address as destination is the Service.
 */
export function answerReach(
  network: Network,
  from: string,
  to: string,
  port: NamedPort | undefined,
  family?: AddressFamily,
  withRules = true,
): Answer {
  const source = findEnd(network, from);
  const destination = serviceAt(network, to) ?? findEnd(network, to);
  if (source.kind === "unknown" || source.kind === "ambiguous") return { kind: "problem", end: source };
  if (destination.kind === "unknown" || destination.kind === "ambiguous") return { kind: "problem", end: destination };
  const start = source.kind === "end" ? source.end : sourceBehind(source.service);
  if (start === undefined) return { kind: "answer", answer: { ...closed(withRules), gap: "no-endpoints" } };
  if (destination.kind === "end") {
    const reach = network.reach({
      source: start,
      destination: destination.end,
      ...(port === undefined ? {} : { port }),
      ...(family === undefined ? {} : { family }),
    });
    return { kind: "answer", answer: answerOf(reach, { withPorts: port === undefined, withRules }) };
  }
  return { kind: "answer", answer: answerService(network, start, destination, port, family, withRules) };
}

function answerService(
  network: Network,
  source: End,
  { service, family: own }: Extract<NamedEnd, { readonly kind: "service" }>,
  port: NamedPort | undefined,
  asked: AddressFamily | undefined,
  withRules: boolean,
): ReachAnswer {
  const isOther = own !== undefined && asked !== undefined && own !== asked;
  const family = isOther ? "none" : familyThrough(service, asked ?? own);
  if (family === "none") return { ...closed(withRules), gap: "no-common-family" };
  return port === undefined
    ? answerAnyPort(network, source, service, family, withRules)
    : serviceAnswer(reachService(network.world, source, service, port, family), withRules);
}

/** What kube-proxy or a load balancer turns into a pod; a pod that has the address itself goes before. */
function serviceAt({ world, services }: Network, text: string): NamedEnd | undefined {
  const point = parseAddress(text)?.point;
  if (point === undefined || world.podAt.has(point)) return undefined;
  const own = services().byAddress().get(point);
  if (own !== undefined) return { kind: "service", service: own, family: familyOf(point) };
  const behind = services().byLoadBalancer().get(point); // which may translate between families
  return behind === undefined ? undefined : { kind: "service", service: behind };
}

/** Whether anything passes: the port that is most open decides. */
function answerAnyPort(
  network: Network,
  source: End,
  service: ServiceView,
  family: AddressFamily | undefined,
  withRules: boolean,
): ReachAnswer {
  const { type, isHeadless, pods } = service;
  if (isHeadless && pods.length > 0) {
    const question = {
      source,
      destination: { kind: "pods", pods },
      ...(family === undefined ? {} : { family }),
    } as const;
    return answerOf(network.reach(question), { withPorts: true, withRules });
  }
  if (type === "ExternalName")
    return serviceAnswer(reachService(network.world, source, service, ANY_PORT, family), withRules);
  const asked = reachServicePorts(network.world, source, service, family);
  const verdict = mostOpen(asked.map(({ reach }) => reach));
  const deciding = asked.find(({ reach }) => reach.verdict === verdict);
  if (deciding === undefined) return { ...closed(withRules), gap: "no-such-port" };
  const open = asked
    .filter(({ reach }) => reach.verdict === "allowed")
    .reduce((set, { protocol, port }) => union(set, portRange(protocol, port, port)), NO_PORTS);
  const all = asked.flatMap(({ reach }) => reach.backends);
  return { ...serviceAnswer(deciding.reach, withRules), ports: formatPorts(open), backends: backendList(all) };
}

/** Of a name outside no port is known. */
const ANY_PORT = { protocol: "TCP", port: 443 } as const;

function closed(withRules: boolean): ReachAnswer {
  const none = { verdict: "denied", ports: {} } as const;
  return { verdict: "denied", egress: none, ingress: none, ...(withRules ? { by: [] } : {}) };
}

interface Wanted {
  /** What is open, where no port was asked for. */
  readonly withPorts: boolean;
  readonly withRules: boolean;
}

function answerOf(reach: Reach, { withPorts, withRules }: Wanted): ReachAnswer {
  const { verdict, on, egress, ingress } = reach;
  return {
    verdict,
    egress: directionOf(egress),
    ingress: directionOf(ingress),
    ...(withRules ? { by: rulesOf(reach, withPorts) } : {}),
    ...(withPorts ? { ports: formatPorts(reach.ports) } : {}),
    ...(verdict === "depends" ? { depends: on.join(", "), on } : {}),
    ...(reach.isUnroutable ? { gap: "no-common-family" } : {}),
  };
}

function rulesOf(reach: Reach, withPorts: boolean): readonly ChainLink[] {
  const sides = ["egress", "ingress"] as const;
  return sides.flatMap((direction) => chainOf(direction, reach.explain(direction), withPorts));
}

function directionOf({ verdict, ports }: Opening): DirectionAnswer {
  return { verdict, ports: formatPorts(ports) };
}

/** The answer of the backend that decides, and the list of all. */
function serviceAnswer({ verdict, gap, backends }: ServiceReach, withRules: boolean): ReachAnswer {
  const deciding = backends.find(({ reach }) => reach.verdict === verdict);
  return {
    ...(deciding === undefined ? closed(withRules) : answerOf(deciding.reach, { withPorts: false, withRules })),
    verdict,
    ...(gap === undefined ? {} : { gap }),
    ...(gap === "external-name" ? { depends: "domainName", on: ["domainName"] as const } : {}),
    backends: backendList(backends),
  };
}

function backendList(backends: ServiceReach["backends"]): NonNullable<ReachAnswer["backends"]> {
  return backends.map(({ pod, port, reach }) => ({
    to: pod === undefined ? "external" : `${pod.namespace}/${pod.name}`,
    port,
    verdict: reach.verdict,
  }));
}
