// Where rules stand, as messages name them, and what of them never changes when others are added before them.

import type { LocatedEvidence } from "../../../verdicts/finding.ts";
import { fingerprint } from "../../../verdicts/fingerprint.ts";
import { valueAt, type Path } from "../../../kubernetes/path.ts";
import type { NetworkView } from "../network-view.ts";
import { rulePath, type Direction, type Peer, type Policy, type PortMatch, type Rule } from "../policy.ts";
import { evidenceAt, selectorText } from "../policy-reach.ts";
import { formatRanges } from "../address-set.ts";
import { portsArgument } from "../ports-argument.ts";

/** A rule, or one of its peers. */
export interface RulePlace {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: Rule;
  readonly peer?: number | undefined;
}

/** `ingress[0].from[1]`; the rule alone where it has no other peer. */
export function placeText({ direction, rule, peer }: RulePlace): string {
  const place = `${direction}[${rule.index}]`;
  const isOnly = peer === undefined || rule.peers === "any" || rule.peers.length === 1;
  return isOnly ? place : `${place}.${direction === "ingress" ? "from" : "to"}[${peer}]`;
}

const MOST_NAMED = 3;

/** Rules by their policies, `web ingress[0], ingress[1], … +2`; the policy's own without its name. */
export function placesText(places: readonly RulePlace[], own: Policy): string {
  const texts = places.map((place) =>
    place.policy === own ? placeText(place) : `${place.policy.resource.id.name} ${placeText(place)}`,
  );
  return shortList([...new Set(texts)]);
}

/** The first few, and how many more there are. */
export function shortList(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  return more > 0 ? `${texts.slice(0, MOST_NAMED).join(", ")}, … +${more}` : texts.join(", ");
}

/** What a rule says, without its position: the stable part of a finding's identity. */
export function contentKey({ policy, direction, rule, peer }: RulePlace): string {
  const all = rule.peers === "any" ? [] : rule.peers;
  const peers = peer === undefined ? all : all.slice(peer, peer + 1);
  const who = rule.peers === "any" ? "*" : peers.map(peerText).join(" | ");
  const ports = rule.ports === "any" ? "*" : rule.ports.map(portText).join(";");
  const text = `${direction} ${who} ${ports}`;
  if (text.length <= LONGEST_KEY) return text;
  return `${text.slice(0, LONGEST_KEY)}… ${fingerprint(policy.tier, policy.resource.id, text).slice(0, 8)}`;
}

const LONGEST_KEY = 100;

function peerText(peer: Peer): string {
  switch (peer.kind) {
    case "pods": {
      const { namespaces } = peer;
      const scope = namespaces.kind === "own" ? "" : `namespaces ${selectorText(namespaces.selector)}: `;
      return `${scope}${selectorText(peer.pods)}`;
    }
    case "addresses":
      return formatRanges(peer.set).join(",");
    case "nodes":
      return `nodes ${selectorText(peer.nodes)}`;
    case "domains":
      return peer.names.join(",");
  }
}

function portText(port: PortMatch): string {
  return port.kind === "numbers" ? portsArgument(port.ports) : `${port.protocol ?? ""} ${port.name}`;
}

/** The rule, or the peer, in its own object. */
export function pathOf({ direction, rule, peer }: RulePlace): Path {
  return rulePath(direction, rule.index, peer);
}

export function evidenceOf(place: RulePlace): LocatedEvidence {
  return evidenceAt(place.policy.resource.object, pathOf(place));
}

/** Rules of other objects, where they stand. */
export function evidenceElsewhere(view: NetworkView, place: RulePlace): LocatedEvidence {
  const resource = view.originalOf(place.policy.resource);
  const path = pathOf(place);
  const position = resource.locate(path);
  const value = valueAt(place.policy.resource.object, path);
  return { path, value, resource: resource.id, ...(position && { position }) };
}

/** Keys that occur before are numbered: of equal rules each is a finding of its own. */
export function createKeys(): (key: string) => string {
  const seen = new Map<string, number>();
  return (key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} #${count}`;
  };
}
