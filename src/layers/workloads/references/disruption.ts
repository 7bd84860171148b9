// What a PodDisruptionBudget selects and leaves to evict (k8s.io/kubernetes/pkg/controller/disruption/disruption.go).

import type { DisruptionBudgetFacts } from "./details.ts";
import type { PodEntry } from "./pod-index.ts";
import type { DetailedEntry, Relations } from "./relations.ts";

const NONE: readonly PodEntry[] = [];

/** The pods a budget is for. Without a selector it is for none. */
export function podsUnder(
  relations: Relations,
  { resource, detail }: DetailedEntry<"disruption-budget">,
): readonly PodEntry[] {
  const { selector, selectsAllWhenEmpty } = detail;
  if (selector == null || (isEmpty(selector) && !selectsAllWhenEmpty)) return NONE;
  return relations.pods.select(resource.id.namespace, selector);
}

function isEmpty({ matchLabels, matchExpressions }: NonNullable<DisruptionBudgetFacts["selector"]>): boolean {
  return Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;
}

const PERCENT = /^(\d+)%$/;

/** The percentage of `50%`; nothing of a number or of what is no percentage. */
export function percentOf(value: number | string): number | undefined {
  const match = typeof value === "string" ? PERCENT.exec(value) : null;
  return match === null ? undefined : Number(match[1]);
}

/** How many of `pods` must stay, percentages rounded up as the controller does; `undefined` if the value is no amount. */
export function mustStay(minAvailable: number | string, pods: number): number | undefined {
  if (typeof minAvailable === "number") return minAvailable;
  const percent = percentOf(minAvailable);
  return percent === undefined ? undefined : Math.ceil((percent * pods) / 100);
}
