// From a Service and a port to the workloads and pod ports behind it.

import { formatAddress } from "../address.ts";
import type { NeedEnd, NeedPort } from "../generate/need.ts";
import type { Protocol } from "../port-set.ts";
import type { ServicePortView, ServiceView } from "../services.ts";
import type { HintMore, NeedNotes, Place } from "./need-notes.ts";
import { portOfScheme, portsOfWords } from "./schemes.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a text says about the port. */
export interface WantedPort {
  readonly port?: number | undefined;
  readonly scheme?: string | undefined;
  /** Words of the setting's name. */
  readonly words?: readonly string[];
  readonly protocol?: Protocol;
}

export type ChosenPorts =
  | { readonly kind: "ports"; readonly ports: readonly ServicePortView[] }
  /** A headless Service only gives addresses: clients may use ports that it does not list. */
  | { readonly kind: "unlisted"; readonly protocol: Protocol; readonly port: number }
  | { readonly kind: "no-such-port"; readonly port: number }
  | { readonly kind: "no-port" };

/** The port of a Service that a client means; without a written one, the one that there is no doubt about. */
export function choosePort({ ports, isHeadless }: ServiceView, wanted: WantedPort): ChosenPorts {
  const written = wanted.port ?? (wanted.scheme === undefined ? undefined : portOfScheme(wanted.scheme));
  if (written !== undefined) {
    const listed = ports.filter(({ port, protocol }) => port === written && protocol === (wanted.protocol ?? protocol));
    if (listed.length > 0) return { kind: "ports", ports: listed };
    const protocol = wanted.protocol ?? "TCP";
    return isHeadless ? { kind: "unlisted", protocol, port: written } : { kind: "no-such-port", port: written };
  }
  if (ports.length === 1) return { kind: "ports", ports };
  const suggested = portsOfWords(wanted.words ?? []);
  const bySuggestion = suggested.map((port) => ports.find((one) => one.port === port)).find((one) => one !== undefined);
  if (bySuggestion !== undefined) return { kind: "ports", ports: [bySuggestion] };
  const first = ports[0];
  if (first !== undefined && ports.every((one) => one.port === first.port)) return { kind: "ports", ports };
  const forClients = ports.filter(({ name }) => !NOT_FOR_CLIENTS.test(name));
  return forClients.length === 1 ? { kind: "ports", ports: forClients } : { kind: "no-port" };
}

/** Names of ports that members of a cluster or collectors use. */
const NOT_FOR_CLIENTS =
  /metric|health|probe|admin|peer|gossip|raft|consensus|member|cluster|internal|debug|pprof|monitor|stat/i;

/** Notes the needs that a connection to a Service comes to, or why there are none. */
export function needsOfService(
  from: NeedEnd,
  view: ServiceView,
  wanted: WantedPort,
  place: Place,
  notes: NeedNotes,
  surroundings: Surroundings,
  more: HintMore = {},
): void {
  const { id } = view.resource;
  const value = place.value ?? id.name;
  if (view.type === "ExternalName") {
    const name = view.spec.externalName ?? "";
    const port = wanted.port ?? portOfScheme(wanted.scheme ?? "") ?? view.ports[0]?.port;
    if (name === "") notes.hint("no-such-service", place, value, more);
    else
      notes.need(
        from,
        { kind: "domain", name },
        portOf(port, wanted.protocol),
        { ...place, kind: "external-name" },
        throughOf(view, port),
      );
    return;
  }
  const chosen = choosePort(view, wanted);
  if (chosen.kind === "no-port") notes.hint("no-port", place, value, more);
  else if (chosen.kind === "no-such-port") {
    notes.hint("no-such-port", place, value, {
      ...more,
      nearest: view.ports.map(({ port }) => `${id.namespace}/${id.name}:${port}`),
    });
  } else if (chosen.kind === "unlisted") {
    const targets = new Set(
      view.ports.flatMap((port) => port.targets.flatMap(({ pod }) => surroundings.workloadOf(pod) ?? [])),
    );
    if (targets.size === 0) notes.hint("no-pods-behind", place, value, more);
    for (const target of targets) {
      notes.need(
        from,
        { kind: "workload", id: target },
        { kind: "number", protocol: chosen.protocol, port: chosen.port },
        place,
        throughOf(view, chosen.port),
      );
    }
  } else {
    const found = chosen.ports.map((port) => needsOfServicePort(from, view, port, place, notes, surroundings));
    if (!found.includes(true)) notes.hint("no-pods-behind", place, value, more);
  }
}

/** Notes a need for each workload and endpoint behind a port; false when there is nothing. */
export function needsOfServicePort(
  from: NeedEnd,
  view: ServiceView,
  port: ServicePortView,
  place: Place,
  notes: NeedNotes,
  { workloadOf }: Surroundings,
): boolean {
  const through = throughOf(view, port.port);
  const seen = new Set<string>();
  for (const { pod, port: number } of port.targets) {
    const id = workloadOf(pod);
    if (id === undefined || seen.has(`${id} ${number}`)) continue;
    seen.add(`${id} ${number}`);
    notes.need(
      from,
      { kind: "workload", id },
      { kind: "number", protocol: port.protocol, port: number },
      place,
      through,
    );
  }
  for (const { addresses, port: number } of port.outside) {
    const key = `${formatAddress(addresses[0] ?? 0)} ${number}`;
    if (seen.has(key)) continue;
    seen.add(key);
    notes.need(
      from,
      { kind: "addresses", set: addresses },
      { kind: "number", protocol: port.protocol, port: number },
      place,
      through,
    );
  }
  return seen.size > 0;
}

export function throughOf({ resource: { id } }: ServiceView, port: number | undefined): string {
  return `svc/${id.namespace}/${id.name}${port === undefined ? "" : `:${port}`}`;
}

export function portOf(port: number | undefined, protocol: Protocol = "TCP"): NeedPort {
  return port === undefined ? { kind: "any", protocol } : { kind: "number", protocol, port };
}
