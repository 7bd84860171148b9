// The template of rules that look at a controller's own fields, outside its pod template.

import { groupOf } from "../../kubernetes/object.ts";
import { formatPath, type Path } from "../../kubernetes/path.ts";
import { narrow, type Shape } from "../../kubernetes/shape.ts";
import { NOT_APPLICABLE, PASS, type NotEvaluated, type Outcome } from "../../verdicts/outcome.ts";
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
  /** The fields of the spec that it reads. For a CronJob that is not itself in `controllers`, those of its Jobs. */
  readonly spec: Shape<Spec>;
  /** Fields relative to the spec. */
  readonly find: (spec: Spec, kind: ControllerKind) => Faults;
}

/** A rule over the specs of controllers. A Job's rule reads the Job template of a CronJob too. */
export function controllerRule<Spec>({
  controllers,
  spec,
  find,
  ...metadata
}: ControllerRuleOptions<Spec>): ObjectRule {
  const readsJobTemplates = controllers.includes("batch/Job") && !controllers.includes("batch/CronJob");
  const all: readonly string[] = readsJobTemplates ? [...controllers, "batch/CronJob"] : controllers;
  const kinds = all.map((kind) => kind.slice(kind.indexOf("/") + 1));
  return {
    ...metadata,
    scope: "object",
    reads: kinds,
    kinds,
    evaluate: ({ object }) => {
      const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
      if (!all.includes(kind)) return NOT_APPLICABLE; // another group's kind of the same name
      const isJobTemplate = readsJobTemplates && kind === "batch/CronJob";
      const at: Path = isJobTemplate ? ["spec", "jobTemplate", "spec"] : ["spec"];
      const narrowed = narrow(spec, specOf(object["spec"], isJobTemplate), at);
      if (!narrowed.ok) return narrowed.problems.map(invalidField);
      const faults = find(narrowed.value, isJobTemplate ? "batch/Job" : (kind as ControllerKind)); // one of `all`
      return faults === undefined ? PASS : failuresOf(narrowed.value, at, "", listOf(faults));
    },
  };
}

function specOf(spec: unknown, isJobTemplate: boolean): unknown {
  if (!isJobTemplate) return spec;
  const template = fieldOf(spec, "jobTemplate");
  return fieldOf(template, "spec");
}

function fieldOf(value: unknown, field: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[field] : undefined; // read only
}

function invalidField({
  path,
  expected,
  found,
}: {
  readonly path: Path;
  readonly expected: string;
  readonly found: string;
}): Outcome {
  const outcome: NotEvaluated = {
    kind: "not-evaluated",
    reason: { id: "invalid-field", arguments: { path: formatPath(path), expected, found } },
  };
  return outcome;
}
