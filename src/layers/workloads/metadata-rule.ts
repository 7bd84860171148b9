// The template of rules that look at the metadata of a workload: once an object, however many templates it carries.

import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import { NOT_APPLICABLE, PASS } from "../../verdicts/outcome.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { PodRule } from "../../verdicts/rule.ts";
import { failuresOf, listOf, type Faults } from "./fault.ts";

export interface MetadataRuleOptions extends Omit<PodRule, "scope" | "reads" | "evaluate"> {
  /** Workloads it has nothing to say about. */
  readonly isApplicable?: (pod: PodSubject) => boolean;
  /** Fields relative to the object, e.g. `["metadata", "namespace"]`. */
  readonly find: (pod: PodSubject) => Faults;
}

/** A rule over every object that is a Pod or stamps pods: one finding an object. */
export function metadataRule({ isApplicable, find, ...metadata }: MetadataRuleOptions): PodRule {
  return {
    ...metadata,
    scope: "pod",
    reads: ["pod templates"],
    evaluate: (pod) => {
      if (isApplicable?.(pod) === false) return NOT_APPLICABLE;
      const faults = find(pod);
      if (faults === undefined) return PASS;
      return isFirst(pod) ? failuresOf(pod.resource.object, [], "", listOf(faults)) : NOT_APPLICABLE;
    },
  };
}

/** What is said of the object is said at its first template. */
function isFirst({ resource, at }: PodSubject): boolean {
  const first = podTemplatesOf(resource.object)[0]?.path ?? [];
  return first.join("/") === at.join("/");
}
