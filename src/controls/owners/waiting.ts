// An object whose controller was not read yet: kept without its contents, with what the rules said of it.

import type { Resource } from "../../cluster/resource.ts";
import type { LocatedEvidence } from "../../verdicts/finding.ts";
import { NOT_APPLICABLE, PASS, type Failure, type Outcome } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { setterOf } from "../../verdicts/setter-of.ts";
import { withoutText } from "../keep-facts.ts";
import { isPast } from "./controller.ts";
import type { Places } from "./states.ts";

export interface Waiting {
  readonly resource: Resource;
  readonly isPast: boolean;
  /** How often each rule passed; most do. */
  readonly passes: Uint8Array;
  readonly notApplicable: Uint8Array;
  /** What the others said. */
  readonly records: { readonly rule: Rule; readonly outcomes: readonly Outcome[] }[];
}

/** Takes what a rule says; passes cost nothing more. */
export function wait(
  waiting: Waiting,
  source: Resource,
  place: number,
  rule: Rule,
  outcomes: readonly Outcome[],
): void {
  const { passes, notApplicable, records } = waiting;
  if (outcomes.length === 0) passes[place] = (passes[place] ?? 0) + 1;
  else if (outcomes === NOT_APPLICABLE) notApplicable[place] = (notApplicable[place] ?? 0) + 1;
  else records.push({ rule, outcomes: outcomes.map((one) => locateOutcome(source, one)) });
}

/** Everything that was said, as it was. */
export function* recordsOf(
  { passes, notApplicable, records }: Waiting,
  { rules }: Places,
): Generator<Waiting["records"][number]> {
  for (const [place, rule] of rules.entries()) {
    for (let left = passes[place] ?? 0; left > 0; left--) yield { rule, outcomes: PASS };
    for (let left = notApplicable[place] ?? 0; left > 0; left--) yield { rule, outcomes: NOT_APPLICABLE };
  }
  yield* records;
}

export function waitingFor(resource: Resource, { rules }: Places): Waiting {
  const position = resource.locate([]);
  const lean = withoutText(resource);
  return {
    resource: position === undefined ? lean : { ...lean, locate: () => position },
    isPast: isPast(resource),
    passes: new Uint8Array(rules.length),
    notApplicable: new Uint8Array(rules.length),
    records: [],
  };
}

/** The outcome with its evidence located, so that the object is not needed any more. */
export function locateOutcome(resource: Resource, outcome: Outcome): Outcome {
  return isFailure(outcome) ? locateFailure(resource, outcome) : outcome;
}

/** As {@link locateOutcome}; the evidence names its object, because the finding is about another one. */
export function foreignFailure(resource: Resource, failure: Failure): Failure {
  const { evidence, ...rest } = locateFailure(resource, failure);
  return { ...rest, evidence: evidence.map((one) => ({ ...one, resource: one.resource ?? resource.id })) };
}

export function isFailure(outcome: Outcome): outcome is Failure {
  return outcome.kind === "fail" || outcome.kind === "manual";
}

function locateFailure(resource: Resource, failure: Failure): Failure & { readonly evidence: LocatedEvidence[] } {
  return { ...failure, evidence: failure.evidence.map((one) => locate(resource, one)) };
}

function locate(resource: Resource, evidence: LocatedEvidence): LocatedEvidence {
  const position = evidence.position ?? resource.locate(evidence.path);
  const setBy = setterOf(resource, evidence, evidence.path);
  return { ...evidence, ...(position && { position }), ...(setBy && { setBy }) };
}
