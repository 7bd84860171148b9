// What it means for rules that a kind could not be read: some did not see all they judge, others cannot judge at all.

import { isPodCarrierKind } from "../kubernetes/pod-template.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Rule } from "../verdicts/rule.ts";

const CARRIERS = "pod templates";

type UnreadKind = NonNullable<Gap["unread"]>;

/** Whether the rule would have looked at objects of the kind. */
export function isConcerned({ reads }: Rule, { group, kind }: UnreadKind): boolean {
  if (reads.includes(kind)) return true;
  return reads.includes(CARRIERS) && isPodCarrierKind(group === "" ? "v1" : `${group}/v1`, kind);
}

/**
 * Whether the rule's answers would be guesses: it relates objects, and those of one side are unseen. Pods stand for the
 * templates they were made of; a missing template alone hides no relation of what runs.
 */
export function cannotAnswer(rule: Rule, { group, kind }: UnreadKind): boolean {
  if (rule.scope !== "cluster") return false;
  return rule.reads.includes(kind) || (group === "" && kind === "Pod" && rule.reads.includes(CARRIERS));
}
