// The template of rules that ask for a request or a limit of one resource.

import type { ContainerView } from "../../kubernetes/containers.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { PodRule } from "../../verdicts/rule.ts";
import { containerRule, LASTING } from "./container-rule.ts";

export interface ResourceRuleOptions extends Omit<PodRule, "scope" | "reads" | "evaluate"> {
  readonly resource: "cpu" | "memory" | "ephemeral-storage";
  /** `requests`: neither request nor limit is set. `limits`: a request is set, but no limit. */
  readonly missing: "requests" | "limits";
}

/**
 * A rule over init, sidecar and regular containers. A limit is a request too, as the API server fills it in
 * (kubernetes/pkg/apis/core/v1/defaults.go), and what the pod sets as a whole holds for its containers (KEP-2837).
 */
export function resourceRule({ resource, missing, ...metadata }: ResourceRuleOptions): PodRule {
  const isSet = (field: "requests" | "limits", { container }: ContainerView, { spec }: PodSubject): boolean =>
    isAmount(container.resources?.[field]?.[resource]) ||
    (resource !== "ephemeral-storage" && isAmount(spec.resources?.[field]?.[resource]));
  return containerRule({
    ...metadata,
    kinds: LASTING,
    find: (view, pod) => {
      if (isSet("limits", view, pod) || isSet("requests", view, pod) !== (missing === "limits")) return undefined;
      return { field: ["resources", missing, resource] };
    },
  });
}

/** Zero reserves nothing and limits nothing. */
function isAmount(quantity: string | number | null | undefined): boolean {
  return quantity != null && !/^[+-]?0*(?:\.0*)?[A-Za-z]*$/.test(String(quantity));
}
