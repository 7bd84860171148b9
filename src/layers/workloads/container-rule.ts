// The template of rules that look at one container at a time.

import type { ContainerKind, ContainerView } from "../../kubernetes/containers.ts";
import { NOT_APPLICABLE, PASS, type Outcome } from "../../verdicts/outcome.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { PodRule, RuleContext } from "../../verdicts/rule.ts";
import { failuresOf, listOf, type Faults } from "./fault.ts";

export interface ContainerRuleOptions extends Omit<PodRule, "scope" | "reads" | "evaluate"> {
  /** The kinds it looks at; all by default. */
  readonly kinds?: readonly ContainerKind[];
  /** Pods it has nothing to say about. */
  readonly isApplicable?: (pod: PodSubject, context: RuleContext) => boolean;
  /** Fields relative to the container. */
  readonly find: (view: ContainerView, pod: PodSubject, context: RuleContext) => Faults;
}

/** A rule over the containers of every Pod and pod template: one finding a container, or a named element of one. */
export function containerRule({ kinds, isApplicable, find, ...metadata }: ContainerRuleOptions): PodRule {
  return {
    ...metadata,
    scope: "pod",
    reads: ["pod templates"],
    evaluate: (pod, context) => {
      if (isApplicable?.(pod, context) === false) return NOT_APPLICABLE;
      let outcomes: Outcome[] | undefined;
      for (const view of pod.containers) {
        if (kinds !== undefined && !kinds.includes(view.kind)) continue;
        const faults = listOf(find(view, pod, context));
        if (faults.length === 0) continue;
        const at = [...pod.at, "spec", ...view.path];
        (outcomes ??= []).push(...failuresOf(view.container, at, view.name, faults));
      }
      return outcomes ?? PASS;
    },
  };
}

/** Containers that may set resources and probes: ephemeral ones may not. */
export const LASTING: readonly ContainerKind[] = ["init", "sidecar", "regular"];
