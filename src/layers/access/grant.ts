// Why something is allowed: the chain of facts, each with the object and the path that proves it.

import type { Path } from "../../kubernetes/path.ts";
import { goQuote } from "./go-quote.ts";
import type { PolicyRule } from "./policy-rule.ts";
import type { BindingRecord, RoleRecord, RuleOrigin } from "./rbac-record.ts";
import type { ResourceReference } from "./resource-reference.ts";
import type { Subject } from "./subject.ts";

/** binding.subjects[i] → role.rules[j]. */
export interface RbacGrant<S> {
  readonly kind: "rbac";
  readonly binding: ResourceReference<S>;
  readonly subject: Subject;
  readonly subjectPath: Path;
  readonly role: ResourceReference<S>;
  readonly rule: PolicyRule;
  readonly rulePath: Path;
  /** The ClusterRole that the rule was gathered from, when the role is aggregated from files. */
  readonly origin?: RuleOrigin<S>;
}

/** Members of system:masters are allowed before any authorizer is asked; no binding can take that away. */
export interface MastersGrant {
  readonly kind: "system:masters";
}

/** The Node authorizer: what the node may do to everything of the kind, or `through` the objects that lead to it. */
export interface NodeGrant<S> {
  readonly kind: "node";
  readonly node: string;
  /** From the object asked for towards the node, e.g. the PersistentVolume and the Pod; empty where no object matters. */
  readonly through: readonly ResourceReference<S>[];
}

export type Grant<S> = RbacGrant<S> | MastersGrant | NodeGrant<S>;

export function rbacGrant<S>(
  binding: BindingRecord<S>,
  subjectIndex: number,
  role: RoleRecord<S>,
  ruleIndex: number,
): RbacGrant<S> {
  const origin = role.origins?.[ruleIndex];
  return {
    kind: "rbac",
    binding: binding.resource,
    subject: binding.subjects[subjectIndex] as Subject, // callers found it in this binding
    subjectPath: ["subjects", subjectIndex],
    role: role.resource,
    rule: role.rules.rules[ruleIndex] as PolicyRule, // callers found it in this role
    rulePath: ["rules", ruleIndex],
    ...(origin === undefined ? {} : { origin }),
  };
}

/** The authorizer's sentence: `RoleBinding "b/ns" of Role "r" to User "alice"`. */
export function describeBinding<S>(binding: BindingRecord<S>, subjectIndex: number): string {
  const { kind, name, namespace } = binding.resource;
  const named = kind === "RoleBinding" ? `${name}/${namespace}` : name;
  const { roleRef } = binding;
  const subject = binding.subjects[subjectIndex];
  return `${kind} ${goQuote(named)} of ${roleRef.kind} ${goQuote(roleRef.name)} to ${describeSubject(subject, namespace)}`;
}

function describeSubject(subject: Subject | undefined, bindingNamespace: string): string {
  if (subject === undefined) return "";
  if (subject.kind !== "ServiceAccount") return `${subject.kind} ${goQuote(subject.name)}`;
  return `${subject.kind} ${goQuote(`${subject.name}/${subject.namespace || bindingNamespace}`)}`; // empty is absent
}
