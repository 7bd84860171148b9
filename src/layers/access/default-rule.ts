// The template of the rules that compare what carries the name of a default with what Kubernetes brings.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { ResourceOutcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { accessViewOf, judgedResources } from "./access-view.ts";
import type { Recognition } from "./bootstrap.ts";
import { shortList, subjectName } from "./granted-to.ts";
import { minimalRules } from "./minimal-rules.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { RBAC_KINDS, type AccessRuleMetadata } from "./role-rule.ts";
import { rightText } from "./right-text.ts";
import { ACCESS_FACTS } from "./rule-facts.ts";

export interface DefaultRuleOptions extends AccessRuleMetadata {
  readonly of: "role" | "binding";
}

/**
 * Fails for what was changed. Where the defaults of the asked minor are not known, a difference from those of another one
 * may be that of the minors: a person must look.
 */
export function defaultRule({ of, ...metadata }: DefaultRuleOptions): ClusterRule {
  const kinds = new Set(of === "role" ? ["Role", "ClusterRole"] : ["RoleBinding", "ClusterRoleBinding"]);
  return {
    since: "0.1.0",
    reads: RBAC_KINDS,
    ...metadata,
    scope: "cluster",
    projections: [ACCESS_FACTS],
    subjects: (cluster) => judgedResources(cluster, kinds),
    *evaluate(cluster, { minor }): Iterable<ResourceOutcome> {
      const view = accessViewOf(cluster, minor);
      for (const { resource, recognition } of of === "role" ? view.roles : view.bindings) {
        if (recognition.kind !== "changed") continue;
        const evidence: readonly Evidence[] = [{ path: ["metadata", "name"], value: resource.id.name }];
        const kind = recognition.comparedWith === minor ? "fail" : "manual";
        yield { resource, outcome: { kind, key: "", arguments: differences(recognition), evidence } };
      }
    },
  };
}

function differences(changed: Extract<Recognition, { kind: "changed" }>) {
  const { extraRules, missingRules, extraSubjects, missingSubjects } = changed;
  return {
    more: shortList([...texts(extraRules), ...extraSubjects.map((one) => subjectName(one, ""))]),
    missing: shortList([...texts(missingRules), ...missingSubjects.map((one) => subjectName(one, ""))]),
  };
}

function texts(rules: readonly PolicyRule[]): readonly string[] {
  return minimalRules(rules).map(rightText);
}
