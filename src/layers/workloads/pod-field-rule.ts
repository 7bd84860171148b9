// The template of rules that look at fields of the pod itself.

import { NOT_APPLICABLE, PASS } from "../../verdicts/outcome.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { PodRule, RuleContext } from "../../verdicts/rule.ts";
import { failuresOf, listOf, type Faults } from "./fault.ts";

export interface PodFieldRuleOptions extends Omit<PodRule, "scope" | "reads" | "evaluate"> {
  /** Pods it has nothing to say about. */
  readonly isApplicable?: (pod: PodSubject, context: RuleContext) => boolean;
  /** Fields relative to the pod or template, e.g. `["spec", "hostAliases"]`. */
  readonly find: (pod: PodSubject, context: RuleContext) => Faults;
}

/** A rule over every Pod and pod template: one finding a pod, or a named element of one. */
export function podFieldRule({ isApplicable, find, ...metadata }: PodFieldRuleOptions): PodRule {
  return {
    ...metadata,
    scope: "pod",
    reads: ["pod templates"],
    evaluate: (pod, context) => {
      if (isApplicable?.(pod, context) === false) return NOT_APPLICABLE;
      const faults = listOf(find(pod, context));
      return faults.length === 0 ? PASS : failuresOf(pod.template, pod.at, "", faults);
    },
  };
}

/** `spec.os.name` says windows: fields of Linux do not apply. */
export function isLinux({ spec }: PodSubject): boolean {
  return spec.os?.name !== "windows";
}

/** Whether the pod is expected to end by itself: such pods need no probes, replicas or spreading. */
export function runsToCompletion({ resource, spec }: PodSubject): boolean {
  const { kind } = resource.id;
  return (spec.restartPolicy ?? "Always") !== "Always" || kind.endsWith("Job") || COMPLETING.has(kind);
}

const COMPLETING: ReadonlySet<string> = new Set(["JobSet", "SparkApplication"]);

/** A Pod that the kubelet reads from a file of its node; the API server shows only its mirror. */
export function isStaticPod({ isPod, template }: PodSubject): boolean {
  return isPod && template.metadata?.annotations?.["kubernetes.io/config.mirror"] != null;
}
