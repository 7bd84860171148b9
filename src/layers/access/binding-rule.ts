// The template of rules about what a RoleBinding or ClusterRoleBinding joins: subjects, a role, a scope.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { MessageArguments } from "../../verdicts/message.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { accessViewOf, judgedResources, type AccessView, type BindingView } from "./access-view.ts";
import { subjectName } from "./granted-to.ts";
import { RBAC_KINDS, type AccessRuleMetadata } from "./role-rule.ts";
import { ACCESS_FACTS } from "./rule-facts.ts";
import type { Subject } from "./subject.ts";

const BINDING_KINDS: ReadonlySet<string> = new Set(["RoleBinding", "ClusterRoleBinding"]);

/** What fails about a binding. */
export interface BindingFault {
  /** What tells it from other faults of the binding. */
  readonly key: string;
  readonly arguments?: MessageArguments;
  readonly evidence: readonly Evidence[];
}

export interface BindingRuleOptions extends AccessRuleMetadata {
  readonly judge: (binding: BindingView, view: AccessView) => Iterable<BindingFault>;
}

/** Asked of every binding that is not Kubernetes' own. `{role}` and `{namespace}` (`*` cluster-wide) are always known. */
export function bindingRule({ judge, ...metadata }: BindingRuleOptions): ClusterRule {
  return {
    since: "0.1.0",
    reads: RBAC_KINDS,
    ...metadata,
    scope: "cluster",
    projections: [ACCESS_FACTS],
    subjects: (cluster) => judgedResources(cluster, BINDING_KINDS),
    *evaluate(cluster, { minor }) {
      const view = accessViewOf(cluster, minor);
      for (const binding of view.bindings) {
        if (binding.recognition.kind === "default") continue;
        const { resource, record } = binding;
        const known = {
          role: `${record.roleRef.kind} ${record.roleRef.name}`,
          namespace: resource.id.namespace || "*",
        };
        for (const { key, arguments: more, evidence } of judge(binding, view))
          yield { resource, outcome: { kind: "fail", key, arguments: { ...known, ...more }, evidence } };
      }
    },
  };
}

/** Faults of single subjects, each with `{subject}`. */
export function subjectFaults(
  { record }: BindingView,
  isFault: (subject: Subject, index: number) => boolean,
): readonly BindingFault[] {
  return record.subjects.flatMap((subject, index) => {
    if (!isFault(subject, index)) return [];
    const text = subjectName(subject, record.resource.namespace);
    const evidence = [{ path: ["subjects", index, "name"], value: subject.name }];
    return [{ key: text, arguments: { subject: text }, evidence }];
  });
}
