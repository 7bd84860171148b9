// PodDisruptionBudgets (k8s.io/api/policy/v1/types.go). policy/v1beta1 read an empty selector as "no pod".

import { labelSelector } from "../../../kubernetes/label-selector.ts";
import { versionOf } from "../../../kubernetes/object.ts";
import { intOrString, narrow, object } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";

const budget = object({
  spec: object({ selector: labelSelector, minAvailable: intOrString, maxUnavailable: intOrString }),
});

export const readDisruptionBudget: ReadFacts = (raw) => {
  const narrowed = narrow(budget, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { selector, minAvailable, maxUnavailable } = narrowed.value.spec ?? {};
  return {
    detail: {
      role: "disruption-budget",
      selector,
      selectsAllWhenEmpty: versionOf(raw.apiVersion) !== "v1beta1",
      ...(minAvailable != null && { minAvailable }),
      ...(maxUnavailable != null && { maxUnavailable }),
    },
  };
};
