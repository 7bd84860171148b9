// Deciding rules for people: `egress of shop/web allows TCP 5432 to shop/db: allow-db rule 1   allow-db.yaml:12`.

import type { ChainLink, PolicyPlace } from "../../layers/network/questions/chain.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { displayWidth } from "../text/display-width.ts";
import type { Style } from "../text/style.ts";
import { wrap } from "../text/wrap.ts";
import { portsText } from "./ports-text.ts";

/** What a chain is about, in the user's words. */
export interface ChainEnds {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
}

/** A sentence, and where what it says stands; empty where that is in no file. */
export interface ChainLine {
  readonly text: string;
  readonly place: string;
}

/** A sentence about nothing in a file. */
export function plain(text: string): ChainLine {
  return { text, place: "" };
}

/** On one line, for rows and labels: `text (place)`. */
export function placedText({ text, place }: ChainLine): string {
  return place === "" ? text : `${text} (${place})`;
}

/** The text, with its place at the end of the last line. */
export function placed({ text, place }: ChainLine, width: number, style: Style): readonly string[] {
  const lines = wrap(text, width);
  if (place === "") return lines;
  const last = lines.at(-1) ?? "";
  const fits = displayWidth(last) + displayWidth(place) + 3 <= width;
  return fits ? [...lines.slice(0, -1), `${last}   ${style.dim(place)}`] : [...lines, `  ${style.dim(place)}`];
}

const MOST_POLICIES = 3;

/** One line a link and one for the rule that comes nearest. Rules count from 1. */
export function chainLines(links: readonly ChainLink[], ends: ChainEnds, catalogue: Catalogue): readonly ChainLine[] {
  return links.flatMap((link) => linkLines(link, ends, catalogue));
}

function linkLines(link: ChainLink, { from, to, ports }: ChainEnds, catalogue: Catalogue): readonly ChainLine[] {
  const { say } = catalogue;
  const { direction, policies = [] } = link;
  const [first] = policies;
  const [pod, other] = direction === "egress" ? [from, to] : [to, from];
  const about = link.ports === undefined ? ports : portsText(link.ports, catalogue);
  const values = { pod: printable(pod), other: printable(other), ports: printable(about) };
  switch (link.kind) {
    case "rule": {
      const rule = { ...values, policy: nameOf(first), rule: (link.rule ?? 0) + 1 };
      const { tier = "", action = "" } = link;
      const text =
        tier === "NetworkPolicy"
          ? say(`network.${direction}-allows`, rule)
          : say(`network.${direction}-rule`, { ...rule, tier, action });
      return [{ text, place: placeOf(first) }];
    }
    case "isolated": {
      const text = say(`network.${direction}-isolated`, { ...values, policies: namesOf(policies, catalogue) });
      return [{ text, place: "" }, ...nearestLines(link, catalogue)];
    }
    case "default":
      return [{ text: say(`network.${direction}-default`, values), place: "" }];
    case "loopback":
    case "own-node":
      return [{ text: say(`network.${link.kind}`), place: "" }];
    case "external":
      return [];
  }
}

function nearestLines({ nearest }: ChainLink, catalogue: Catalogue): readonly ChainLine[] {
  if (nearest === undefined) return [];
  const { say } = catalogue;
  const { policy, rule, labels = [], ports } = nearest;
  const values = { policy: nameOf(policy), rule: rule + 1, place: placeOf(policy) || policy.kind };
  if (labels.length > 0) {
    const on = (label: string, where: string): string =>
      printable(where === "namespace" ? say("network.namespace-label", { label }) : label);
    const wanted = labels.map((one) => on(wantedText(one), one.on)).join(", ");
    const actual = labels.map((one) =>
      on(one.actual == null ? say("network.no-label", { key: one.key }) : `${one.key}=${one.actual}`, one.on),
    );
    return [{ text: say("network.nearest-labels", { ...values, wanted, actual: actual.join(", ") }), place: "" }];
  }
  if (ports === undefined) return [{ text: say("network.nearest", values), place: "" }];
  return [{ text: say("network.nearest-ports", { ...values, ports: portsText(ports, catalogue) }), place: "" }];
}

type Label = NonNullable<NonNullable<ChainLink["nearest"]>["labels"]>[number];

/** `app=api`, `tier in (a,b)`, `!legacy`. */
function wantedText({ key, operator, values }: Label): string {
  if (operator === "Exists") return key;
  if (operator === "DoesNotExist") return `!${key}`;
  const [first = ""] = values;
  if (operator === "In") return values.length === 1 ? `${key}=${first}` : `${key} in (${values.join(",")})`;
  return values.length === 1 ? `${key}!=${first}` : `${key} notin (${values.join(",")})`;
}

function namesOf(policies: readonly PolicyPlace[], { say }: Catalogue): string {
  const shown = policies.slice(0, MOST_POLICIES).map((policy) => {
    const place = placeOf(policy);
    return place === "" ? nameOf(policy) : `${nameOf(policy)} (${place})`;
  });
  const count = policies.length - shown.length;
  return count === 0 ? shown.join(", ") : say("network.more-policies", { policies: shown.join(", "), count });
}

function nameOf(policy: PolicyPlace | undefined): string {
  return printable(policy?.name ?? "");
}

/** `allow-db.yaml:12`. */
function placeOf(policy: PolicyPlace | undefined): string {
  if (policy?.file === undefined) return "";
  return printable(`${policy.file === "-" ? "stdin" : policy.file}:${policy.line ?? 1}`);
}
