// Who may do something: the subjects of every binding whose role allows it, system:masters first
// (k/k plugin/pkg/auth/authorizer/rbac/subject_locator.go).

import { RBAC_GROUP } from "../../kubernetes/rbac.ts";
import type { Action, ResourceAction } from "./action.ts";
import { rbacGrant, type Grant } from "./grant.ts";
import { MASTERS_GROUP } from "./identity.ts";
import { namespaceOf, roleOf } from "./rbac-authorizer.ts";
import type { RoleRecord } from "./rbac-record.ts";
import type { RbacState } from "./rbac-state.ts";
import { resolutionErrorOf, type ResolutionError } from "./resolution-error.ts";
import type { Subject } from "./subject.ts";

/** A subject and one chain that allows it. */
export interface LocatedSubject<S> {
  readonly subject: Subject;
  readonly grant: Grant<S>;
}

/** A subject, once, with every chain that allows it. */
export interface AllowedSubject<S> {
  readonly subject: Subject;
  readonly via: readonly Grant<S>[];
}

export interface WhoCan<S> {
  readonly subjects: readonly AllowedSubject<S>[];
  /** Bindings in scope that could not be resolved: each is a grant to whoever creates the role. */
  readonly errors: readonly ResolutionError<S>[];
}

const MASTERS: Subject = { kind: "Group", apiGroup: RBAC_GROUP, name: MASTERS_GROUP, namespace: "" };

interface Located<S> {
  readonly located: readonly LocatedSubject<S>[];
  readonly errors: readonly ResolutionError<S>[];
}

/**
 * Subjects in the order of the API server's subject locator, as the bindings write them and with repetitions.
 * Linear in the bindings of the cluster scope and of the action's namespace; each role is asked once.
 */
export function locateSubjects<S>(state: RbacState<S>, action: Action): Located<S> {
  const namespace = namespaceOf(action);
  return locate(state, action, namespace === "" ? [""] : ["", namespace], [
    { subject: MASTERS, grant: { kind: "system:masters" } },
  ]);
}

function locate<S>(
  state: RbacState<S>,
  action: Action,
  scopes: readonly string[],
  located: LocatedSubject<S>[],
): Located<S> {
  const errors: ResolutionError<S>[] = [];
  const asked = new Map<RoleRecord<S>, number>();
  for (const scope of scopes) {
    for (const binding of state.scopes.get(scope)?.bindings.values() ?? []) {
      const role = roleOf(state, binding);
      if (role === undefined) {
        errors.push(resolutionErrorOf(binding));
        continue;
      }
      let ruleIndex = asked.get(role);
      if (ruleIndex === undefined) asked.set(role, (ruleIndex = role.rules.firstAllowing(action)));
      if (ruleIndex === -1) continue;
      for (const [index, subject] of binding.subjects.entries()) {
        located.push({ subject, grant: rbacGrant(binding, index, role, ruleIndex) });
      }
    }
  }
  return { located, errors };
}

/**
 * Each subject once, with all its chains, in the locator's order. A service account without a namespace is shown in that
 * of its binding; subjects that apply to nobody (unknown kinds) are left out.
 */
export function whoCan<S>(state: RbacState<S>, action: Action): WhoCan<S> {
  return eachOnce(locateSubjects(state, action));
}

/** Of who may do something in one namespace only, by the bindings of that namespace. */
export interface WhoCanThere<S> extends WhoCan<S> {
  readonly namespace: string;
}

/**
 * Who may do it in every namespace, and who besides in which one: the namespaces with such subjects or with bindings that
 * do not resolve, by name. Linear in all bindings; the namespace of `action` is not read.
 */
export function whoCanAnywhere<S>(
  state: RbacState<S>,
  action: ResourceAction,
): { readonly everywhere: WhoCan<S>; readonly only: readonly WhoCanThere<S>[] } {
  const only: WhoCanThere<S>[] = [];
  for (const { namespace } of state.scopes.values()) {
    if (namespace === "") continue;
    const there = eachOnce(locate(state, { ...action, namespace }, [namespace], []));
    if (there.subjects.length + there.errors.length > 0) only.push({ ...there, namespace });
  }
  return {
    everywhere: whoCan(state, { ...action, namespace: "" }),
    only: only.toSorted((one, other) => (one.namespace < other.namespace ? -1 : 1)),
  };
}

function eachOnce<S>({ located, errors }: Located<S>): WhoCan<S> {
  const bySubject = new Map<string, { subject: Subject; via: Grant<S>[] }>();
  for (const { subject: written, grant } of located) {
    const subject = effectiveSubject(written, grant.kind === "rbac" ? grant.binding.namespace : "");
    if (subject === undefined) continue;
    const key = JSON.stringify([subject.kind, subject.namespace, subject.name]);
    const known = bySubject.get(key);
    if (known === undefined) bySubject.set(key, { subject, via: [grant] });
    else known.via.push(grant);
  }
  return { subjects: [...bySubject.values()], errors };
}

function effectiveSubject(subject: Subject, bindingNamespace: string): Subject | undefined {
  if (subject.kind === "User" || subject.kind === "Group")
    return subject.namespace === "" ? subject : { ...subject, namespace: "" };
  if (subject.kind !== "ServiceAccount") return undefined;
  if (subject.namespace !== "") return subject;
  return bindingNamespace === "" ? undefined : { ...subject, namespace: bindingNamespace };
}
