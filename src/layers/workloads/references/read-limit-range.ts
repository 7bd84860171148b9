// LimitRanges: for which resources containers are given a request (k/k pkg/apis/core/v1/defaults.go
// SetDefaults_LimitRangeItem, plugin/pkg/admission/limitranger).

import { array, map, narrow, object, quantity, string } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";

const amounts = map(quantity);
const limitRange = object({
  spec: object({
    limits: array(object({ type: string, default: amounts, defaultRequest: amounts, max: amounts, min: amounts })),
  }),
});

export const readLimitRange: ReadFacts = (raw) => {
  const narrowed = narrow(limitRange, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const defaults = new Set<string>();
  for (const limit of narrowed.value.spec?.limits ?? []) {
    if (limit?.type !== "Container") continue;
    // Where no default request is given, the default limit, the maximum or the minimum becomes it.
    for (const source of [limit.defaultRequest, limit.default, limit.max, limit.min]) {
      for (const name of Object.keys(source ?? {})) defaults.add(name);
    }
  }
  return { detail: { role: "limit-range", defaults: [...defaults] } };
};
