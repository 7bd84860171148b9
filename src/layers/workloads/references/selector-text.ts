// Label selectors as kubectl writes them: `app=web,tier in (a,b),!old`.

import type { LabelSelector } from "../../../kubernetes/label-selector.ts";

/** An empty selector is `<everything>`. */
export function textOf({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value ?? ""}`);
  const expressions = (matchExpressions ?? []).map((requirement) => {
    const { key, operator, values } = requirement ?? {};
    switch (operator) {
      case "Exists":
        return `${key}`;
      case "DoesNotExist":
        return `!${key}`;
      default:
        return `${key} ${(operator ?? "").toLowerCase()} (${(values ?? []).join(",")})`;
    }
  });
  return [...labels, ...expressions].join(",") || "<everything>";
}
