// The template of rules that look at a controller's own fields, outside its pod template.

import type { Resource } from "../../cluster/resource.ts";
import { groupOf } from "../../kubernetes/object.ts";
import { formatPath, valueAt, type Path } from "../../kubernetes/path.ts";
import { narrow, type Shape, type ShapeProblem } from "../../kubernetes/shape.ts";
import { NOT_APPLICABLE, PASS, type NotEvaluated } from "../../verdicts/outcome.ts";
import type { ObjectRule } from "../../verdicts/rule.ts";
import { failuresOf, listOf, type Faults } from "./fault.ts";

/** `group/Kind`, as in `apps/Deployment`. */
export type ControllerKind =
  | "apps/Deployment"
  | "apps/StatefulSet"
  | "apps/DaemonSet"
  | "apps/ReplicaSet"
  | "batch/Job"
  | "batch/CronJob";

export interface ControllerRuleOptions<Spec> extends Omit<ObjectRule, "scope" | "reads" | "kinds" | "evaluate"> {
  readonly controllers: readonly ControllerKind[];
  /** Whether a rule of Jobs also judges the Jobs that a CronJob makes. */
  readonly isAlsoOfTemplates?: boolean;
  /** The fields of the spec that it reads. */
  readonly spec: Shape<Spec>;
  /** Fields relative to the spec. */
  readonly find: (spec: Spec, resource: Resource) => Faults;
}

/** A rule over the specs of controllers; one of Jobs reads the Job template of a CronJob too. */
export function controllerRule<Spec>(options: ControllerRuleOptions<Spec>): ObjectRule {
  const { controllers, isAlsoOfTemplates = true, spec, find, ...metadata } = options;
  const readsJobTemplates = isAlsoOfTemplates && controllers.includes("batch/Job");
  const all: readonly string[] = readsJobTemplates ? [...controllers, "batch/CronJob"] : controllers;
  const kinds = all.map((kind) => kind.slice(kind.indexOf("/") + 1));
  return {
    ...metadata,
    scope: "object",
    reads: kinds,
    kinds,
    evaluate: (resource) => {
      const { object } = resource;
      const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
      if (!all.includes(kind)) return NOT_APPLICABLE; // another group's kind of the same name
      const isJobTemplate = readsJobTemplates && kind === "batch/CronJob";
      const at: Path = isJobTemplate ? ["spec", "jobTemplate", "spec"] : ["spec"];
      const narrowed = narrow(spec, valueAt(object, at), at);
      if (!narrowed.ok) return narrowed.problems.map(invalidField);
      const faults = find(narrowed.value, resource);
      return faults === undefined ? PASS : failuresOf(narrowed.value, at, "", listOf(faults));
    },
  };
}

function invalidField({ path, expected, found }: ShapeProblem): NotEvaluated {
  return {
    kind: "not-evaluated",
    reason: { id: "invalid-field", arguments: { path: formatPath(path), expected, found } },
  };
}
