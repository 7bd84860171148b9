// Which label selectors the API server takes (k8s.io/apimachinery pkg/apis/meta/v1/validation ValidateLabelSelector).

import type { LabelSelector } from "../../kubernetes/label-selector.ts";

const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Whether a selector is valid: known operators, values where they belong, keys and values in label syntax. */
export function isValidSelector(selector: LabelSelector): boolean {
  const labels = selector.matchLabels ?? {};
  for (const key in labels) {
    if (Object.hasOwn(labels, key) && !(isLabelKey(key) && isLabelValue(labels[key] ?? ""))) return false;
  }
  return (selector.matchExpressions ?? []).every((requirement) => {
    const values = requirement?.values ?? [];
    if (!isLabelKey(requirement?.key ?? "")) return false;
    switch (requirement?.operator) {
      case "In":
      case "NotIn":
        return values.length > 0 && values.every((value) => isLabelValue(value ?? ""));
      case "Exists":
      case "DoesNotExist":
        return values.length === 0;
      default:
        return false;
    }
  });
}

function isLabelKey(key: string): boolean {
  const slash = key.indexOf("/");
  if (slash === -1) return NAME.test(key);
  return slash <= 253 && PREFIX.test(key.slice(0, slash)) && NAME.test(key.slice(slash + 1));
}

function isLabelValue(value: string): boolean {
  return value === "" || NAME.test(value);
}
