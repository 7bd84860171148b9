// An object whose controller was not read yet: kept without its contents, with what the rules said of it.

import type { Resource } from "../../cluster/resource.ts";
import type { LocatedEvidence } from "../../verdicts/finding.ts";
import type { Failure, Outcome } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { setterOf } from "../../verdicts/setter-of.ts";
import { withoutText } from "../keep-facts.ts";
import { isPast } from "./controller.ts";

export interface Waiting {
  readonly resource: Resource;
  readonly isPast: boolean;
  readonly records: { readonly rule: Rule; readonly outcomes: readonly Outcome[] }[];
}

export function waitingFor(resource: Resource): Waiting {
  const position = resource.locate([]);
  const lean = withoutText(resource);
  return {
    resource: position === undefined ? lean : { ...lean, locate: () => position },
    isPast: isPast(resource),
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
