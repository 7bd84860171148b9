// The template of rules that look at fields of one object that carries no pods.

import { groupOf } from "../../kubernetes/object.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { narrow, type Shape } from "../../kubernetes/shape.ts";
import { NOT_APPLICABLE, PASS, type Outcome } from "../../verdicts/outcome.ts";
import type { ObjectRule, RuleContext } from "../../verdicts/rule.ts";
import { failuresOf, listOf, type Faults } from "./fault.ts";

export interface ObjectShapeRuleOptions<T> extends Omit<ObjectRule, "scope" | "reads" | "kinds" | "evaluate"> {
  /** `group/Kind`, as in `policy/PodDisruptionBudget`; any version. */
  readonly targets: readonly string[];
  /** The fields that it reads. */
  readonly shape: Shape<T>;
  /** Objects it has nothing to say about. */
  readonly isApplicable?: (object: T, context: RuleContext) => boolean;
  /** Fields from the root of the object. */
  readonly find: (object: T, context: RuleContext) => Faults;
}

/** A rule over every object of the kinds: one finding an object, or a named element of one. */
export function objectShapeRule<T>({
  targets,
  shape,
  isApplicable,
  find,
  ...metadata
}: ObjectShapeRuleOptions<T>): ObjectRule {
  const kinds = [...new Set(targets.map((target) => target.slice(target.lastIndexOf("/") + 1)))];
  return {
    ...metadata,
    scope: "object",
    reads: kinds,
    kinds,
    evaluate: ({ object }, context): readonly Outcome[] => {
      if (!targets.includes(`${groupOf(object.apiVersion)}/${object.kind}`)) return NOT_APPLICABLE;
      const narrowed = narrow(shape, object);
      if (!narrowed.ok) {
        return narrowed.problems.map(({ path, expected, found }) => ({
          kind: "not-evaluated",
          reason: { id: "invalid-field", arguments: { path: formatPath(path), expected, found } },
        }));
      }
      if (isApplicable?.(narrowed.value, context) === false) return NOT_APPLICABLE;
      const faults = find(narrowed.value, context);
      return faults === undefined ? PASS : failuresOf(object, [], "", listOf(faults));
    },
  };
}
