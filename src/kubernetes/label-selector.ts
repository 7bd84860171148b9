// Label selectors (k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector, pkg/labels/selector.go).

import { array, map, object, string, type TypeOf } from "./shape.ts";

export const labelSelector = object({
  matchLabels: map(string),
  matchExpressions: array(object({ key: string, operator: string, values: array(string) })),
});
export type LabelSelector = TypeOf<typeof labelSelector>;
export type Labels = { readonly [key: string]: string | null } | null | undefined;

/** `invalid` where the API server would refuse the selector (unknown operator, values missing or forbidden). */
export type SelectorMatch = "match" | "no-match" | "invalid";

type Requirement = NonNullable<NonNullable<LabelSelector["matchExpressions"]>[number]>;

/** A null or absent selector matches nothing; an empty one matches everything. */
export function matchSelector(selector: LabelSelector | null | undefined, labels: Labels): SelectorMatch {
  if (selector === null || selector === undefined) return "no-match";
  let matched = true;
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (!hasLabel(labels, key) || (labels?.[key] ?? "") !== (value ?? "")) matched = false;
  }
  for (const requirement of selector.matchExpressions ?? []) {
    const one = matchRequirement(requirement ?? {}, labels);
    if (one === "invalid") return "invalid";
    if (one === "no-match") matched = false;
  }
  return matched ? "match" : "no-match";
}

/** Whether a plain map selector (Service, ReplicationController) selects; an empty one selects nothing. */
export function matchMapSelector(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector ?? {});
  if (wanted.length === 0) return false;
  return wanted.every(([key, value]) => hasLabel(labels, key) && (labels?.[key] ?? "") === (value ?? ""));
}

function hasLabel(labels: Labels, key: string): boolean {
  return labels !== null && labels !== undefined && Object.hasOwn(labels, key);
}

function matchRequirement(requirement: Requirement, labels: Labels): SelectorMatch {
  const key = requirement.key ?? "";
  const values = (requirement.values ?? []).map((value) => value ?? "");
  const present = hasLabel(labels, key);
  const isListed = present && values.includes(labels?.[key] ?? "");
  switch (requirement.operator) {
    case "In":
      return values.length === 0 ? "invalid" : verdict(isListed);
    case "NotIn":
      return values.length === 0 ? "invalid" : verdict(!isListed);
    case "Exists":
      return values.length > 0 ? "invalid" : verdict(present);
    case "DoesNotExist":
      return values.length > 0 ? "invalid" : verdict(!present);
    default:
      return "invalid";
  }
}

function verdict(isMatch: boolean): SelectorMatch {
  return isMatch ? "match" : "no-match";
}
