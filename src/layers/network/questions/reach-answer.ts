// `network reach`: one question in words, answered as JSON (docs: commands, `network reach --format json`).

import type { AddressFamily } from "../address.ts";
import type { Network } from "../network.ts";
import type { OpenQuestion } from "../outcome.ts";
import { formatPorts, type PortTexts } from "../port-set.ts";
import type { Opening, Reach, Verdict } from "../reach.ts";
import { reachService, type ServiceReach } from "../service-reach.ts";
import { chainOf, type ChainLink } from "./chain.ts";
import { findEnd, type NamedEnd } from "./named-end.ts";
import type { NamedPort } from "./named-ports.ts";

export interface DirectionAnswer {
  readonly verdict: Verdict;
  /** Surely open in this direction alone. */
  readonly ports: PortTexts;
}

export interface ReachAnswer {
  readonly verdict: Verdict;
  readonly egress: DirectionAnswer;
  readonly ingress: DirectionAnswer;
  /** The deciding rules, egress first. */
  readonly by: readonly ChainLink[];
  /** Without a port in the question: what is surely open. */
  readonly ports?: PortTexts;
  /** What the answer depends on. */
  readonly depends?: string;
  readonly on?: readonly OpenQuestion[];
  /** The ends have no address family in common, or nothing is behind the Service. */
  readonly gap?: "no-common-family" | NonNullable<ServiceReach["gap"]> | "service-needs-port";
  /** Each pod behind the Service. */
  readonly backends?: readonly { readonly to: string; readonly port: number; readonly verdict: Verdict }[];
}

export type Answer =
  | { readonly kind: "answer"; readonly answer: ReachAnswer }
  | { readonly kind: "problem"; readonly end: Exclude<NamedEnd, { readonly kind: "end" | "service" }> };

/** Answers a question in words. A Service as source stands for its pods. */
export function answerReach(
  network: Network,
  from: string,
  to: string,
  port: NamedPort | undefined,
  family?: AddressFamily,
): Answer {
  const source = findEnd(network, from);
  const destination = findEnd(network, to);
  if (source.kind === "unknown" || source.kind === "ambiguous") return { kind: "problem", end: source };
  if (destination.kind === "unknown" || destination.kind === "ambiguous") return { kind: "problem", end: destination };
  const start =
    source.kind === "end"
      ? source.end
      : ({ kind: "pods", pods: source.service.ports.flatMap(({ targets }) => targets.map(({ pod }) => pod)) } as const);
  if (destination.kind === "end") {
    const reach = network.reach({
      source: start,
      destination: destination.end,
      ...(port === undefined ? {} : { port }),
      ...(family === undefined ? {} : { family }),
    });
    return { kind: "answer", answer: answerOf(reach, port === undefined) };
  }
  if (port === undefined) return { kind: "answer", answer: { ...CLOSED, gap: "service-needs-port" } };
  const found = reachService(network.world, start, destination.service, port, family);
  return { kind: "answer", answer: serviceAnswer(found) };
}

const CLOSED: ReachAnswer = {
  verdict: "denied",
  egress: { verdict: "denied", ports: {} },
  ingress: { verdict: "denied", ports: {} },
  by: [],
};

function answerOf(reach: Reach, withPorts: boolean): ReachAnswer {
  const { verdict, on, egress, ingress } = reach;
  return {
    verdict,
    egress: directionOf(egress),
    ingress: directionOf(ingress),
    by: [...chainOf("egress", reach.explain("egress")), ...chainOf("ingress", reach.explain("ingress"))],
    ...(withPorts ? { ports: formatPorts(reach.ports) } : {}),
    ...(verdict === "depends" ? { depends: on.join(", "), on } : {}),
    ...(reach.isUnroutable ? { gap: "no-common-family" } : {}),
  };
}

function directionOf({ verdict, ports }: Opening): DirectionAnswer {
  return { verdict, ports: formatPorts(ports) };
}

/** The answer of the backend that decides, and the list of all. */
function serviceAnswer({ verdict, gap, backends }: ServiceReach): ReachAnswer {
  const deciding = backends.find(({ reach }) => reach.verdict === verdict);
  const list = backends.map(({ pod, port, reach }) => ({
    to: pod === undefined ? "external" : `${pod.namespace}/${pod.name}`,
    port,
    verdict: reach.verdict,
  }));
  return {
    ...(deciding === undefined ? CLOSED : answerOf(deciding.reach, false)),
    verdict,
    ...(gap === undefined ? {} : { gap }),
    ...(gap === "external-name" ? { depends: "domainName", on: ["domainName"] as const } : {}),
    backends: list,
  };
}
