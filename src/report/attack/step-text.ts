// The lines of a chain: what a technique does, and the facts that prove it.

import type { Fact } from "../../attack/fact.ts";
import { EVERYWHERE } from "../../attack/holding.ts";
import type { ToldStep } from "../../attack/told-chain.ts";
import type { Position } from "../../cluster/resource.ts";
import { formatPath } from "../../kubernetes/path.ts";
import type { MessageArguments } from "../../verdicts/message.ts";
import { locateFact } from "../../layers/access/access-source.ts";
import { grantDocument } from "../../layers/access/questions/grant-document.ts";
import { referenceText } from "../access/chain-text.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { located } from "./change-text.ts";
import { holdingText, whereText } from "./holding-text.ts";

/** Writes a position as short as it is plain; empty where there is none. */
export type PlaceOf = (position: Position | undefined) => string;

/** `may create pods in kube-system`. */
export function stepText({ technique, says, to }: ToldStep, catalogue: Catalogue): string {
  const values: { [name: string]: string | number } = { to: holdingText(to, catalogue) };
  for (const [name, value] of Object.entries(says)) values[name] = typeof value === "string" ? printable(value) : value;
  const { namespace } = says;
  if (typeof namespace === "string") values["where"] = whereText(namespace, catalogue);
  if (values["namespace"] === EVERYWHERE) values["namespace"] = catalogue.say("attack.every");
  // An empty name is every object: that has a sentence of its own.
  const isAny = Object.values(says).includes("");
  return catalogue.sayAny(`attack.step.${technique.id}${isAny ? ".any" : ""}`, values satisfies MessageArguments);
}

/** What proves a step, each fact with its place. */
export function factTexts({ facts, because }: ToldStep, catalogue: Catalogue, placeOf: PlaceOf): readonly string[] {
  const texts = [
    ...facts.map((fact) => factText(fact, catalogue, placeOf)),
    ...because.map((fact) => boundText(fact, catalogue, placeOf)),
  ];
  return [...new Set(texts)]; // one rule may give several of the rights that a step needs
}

function factText(fact: Fact, catalogue: Catalogue, placeOf: PlaceOf): string {
  if (fact.kind === "field") {
    const { resource, path } = fact;
    return spaced(`${referenceText(resource.id)} ${printable(formatPath(path))}`, placeOf(resource.locate(path)));
  }
  const { grant } = fact;
  if (grant.kind !== "rbac") return "";
  const role = grant.origin?.role ?? grant.role;
  const index = grant.origin?.index ?? Number(grant.rulePath[1]);
  const rule = catalogue.say("attack.rule", { number: index + 1 });
  const text = `${referenceText(grant.binding)} → ${referenceText(role)}, ${rule}`;
  return spaced(text, placeOf(role.source.locate(["rules", index])));
}

function boundText(fact: Fact, catalogue: Catalogue, placeOf: PlaceOf): string {
  if (fact.kind === "field" || fact.grant.kind !== "rbac") return factText(fact, catalogue, placeOf);
  const { binding, role, subjectPath } = fact.grant;
  const text = catalogue.say("attack.bound", { role: printable(role.name), binding: referenceText(binding) });
  return spaced(text, placeOf(binding.source.locate(subjectPath)));
}

function spaced(text: string, place: string): string {
  return place === "" ? text : `${text}  ${place}`;
}

export function stepJson(step: ToldStep, catalogue: Catalogue): object {
  const { technique, facts, because } = step;
  return {
    technique: technique.id,
    attack: technique.attack,
    text: stepText(step, catalogue),
    evidence: [...facts, ...because].map(factJson),
  };
}

function factJson(fact: Fact): object {
  return fact.kind === "field" ? located(fact.resource, fact.path) : grantDocument(fact.grant, locateFact);
}
