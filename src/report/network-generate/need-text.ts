// Needs, their ends and what asks for them, in words.

import type { Resource } from "../../cluster/resource.ts";
import { valueAt, type Path } from "../../kubernetes/path.ts";
import { narrow, object, string } from "../../kubernetes/shape.ts";
import { formatRanges, type AddressSet } from "../../layers/network/address-set.ts";
import type { AddressesOf, EdgePeer } from "../../layers/network/generate/edge.ts";
import type { Need, NeedEnd, NeedPort, Reason } from "../../layers/network/generate/need.ts";
import { INTERNET } from "../../layers/network/internet.ts";
import { isEqual } from "../../layers/network/interval-set.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText, resourceText, shorten } from "../evidence-text.ts";
import { printable } from "../printable.ts";
import { momentText } from "./moment-text.ts";

const LONGEST_VALUE = 60;
const MOST_RANGES = 3;

export function endText(end: NeedEnd, catalogue: Catalogue): string {
  switch (end.kind) {
    case "workload":
      return printable(end.id);
    case "addresses":
      return addressesText(end.set, catalogue);
    case "domain":
      return printable(end.name);
    case "namespace":
      return catalogue.say("generate.end-namespace", { namespace: printable(end.name) });
    default:
      return catalogue.say(`generate.end-${end.kind}`);
  }
}

export function peerText(peer: EdgePeer, catalogue: Catalogue): string {
  if (peer.kind === "owner") return peer.owner.workloads.map(({ id }) => printable(id)).join(", ");
  return peer.kind === "addresses" ? blockText(peer.set, peer.of, catalogue) : endText(peer, catalogue);
}

function blockText(set: AddressSet, of: AddressesOf, catalogue: Catalogue): string {
  switch (of.kind) {
    case "outside":
      return addressesText(set, catalogue);
    case "domain":
      return printable(of.name);
    case "host-network":
      return catalogue.say("generate.end-host-network", { workload: printable(of.name) });
    default:
      return catalogue.say(`generate.end-${of.kind}`);
  }
}

function addressesText(set: AddressSet, { say }: Catalogue): string {
  if (isEqual(set, INTERNET)) return say("generate.end-internet");
  const ranges = formatRanges(set);
  const more = ranges.length - MOST_RANGES;
  const text = ranges.slice(0, MOST_RANGES).join(", ");
  return more <= 0 ? text : say("generate.and-more", { text, count: more });
}

/** `TCP 8080`, `TCP http`, `TCP`, all ports. */
export function needPortText(port: NeedPort, { say }: Catalogue): string {
  switch (port.kind) {
    case "number":
      return `${port.protocol} ${port.port}`;
    case "range":
      return `${port.protocol} ${port.first}-${port.last}`;
    case "named":
      return `${port.protocol} ${printable(port.name)}`;
    default:
      return port.protocol === undefined ? say("network.all-ports") : port.protocol;
  }
}

/** `shop/web[Deployment] → shop/api[Deployment] TCP 8080`. */
export function needText({ from, to, port }: Need, catalogue: Catalogue): string {
  return `${endText(from, catalogue)} → ${endText(to, catalogue)}  ${needPortText(port, catalogue)}`;
}

const MOST_REASONS = 3;

/** What asks for some needs, the same said once. */
export function reasonsText(needs: readonly Need[], catalogue: Catalogue): string {
  const texts = new Set(needs.flatMap(({ because }) => because.map((reason) => reasonText(reason, catalogue))));
  const text = [...texts].slice(0, MOST_REASONS).join("; ");
  const more = texts.size - MOST_REASONS;
  return more <= 0 ? text : catalogue.say("generate.and-more", { text, count: more });
}

export function reasonText(reason: Reason, { say }: Catalogue): string {
  if (reason.kind === "observed") {
    const { flows, lastSeen } = reason;
    if (lastSeen === undefined) return say("generate.because-observed", { flows });
    return say("generate.because-observed-until", { flows, time: momentText(lastSeen) });
  }
  const { kind, resource, path, value, through } = reason;
  const place = placeText(resource.locate(path)) || resourceText(resource.id);
  const name = settingName(resource, path);
  const words = [name, value].filter((word) => word !== undefined && word !== "");
  const shown = words.map((word) => ` ${shorten(printable(word ?? ""), LONGEST_VALUE)}`).join("");
  const way = through === undefined ? "" : ` → ${printable(through)}`;
  return `${say(`generate.because-${kind}`)}${shown}${way} (${place})`;
}

/** The variable of a container, or the key of a ConfigMap, that a path leads to. */
function settingName({ object: value }: Resource, path: Path): string | undefined {
  const place = path.findIndex((segment, index) => segment === "env" && typeof path[index + 1] === "number");
  if (place >= 0) {
    const variable = narrow(named, valueAt(value, path.slice(0, place + 2)));
    return variable.ok ? (variable.value.name ?? undefined) : undefined;
  }
  const [field, key] = path;
  return (field === "data" || field === "binaryData") && typeof key === "string" ? key : undefined;
}

const named = object({ name: string });
