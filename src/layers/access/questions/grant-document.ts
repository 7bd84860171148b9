// A chain of facts as a document: names, and where each stands.

import type { Path } from "../../../kubernetes/path.ts";
import { formatPath } from "../../../kubernetes/path.ts";
import type { Grant, RbacGrant } from "../grant.ts";
import type { PolicyRule } from "../policy-rule.ts";
import type { ResourceReference } from "../resource-reference.ts";
import type { Subject } from "../subject.ts";

/** `file:line` of a path in an object, or where else it was read; `undefined` when that is not known. */
export type LocateFact<S> = (resource: ResourceReference<S>, path: Path) => string | undefined;

export interface FactDocument {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Path of the fact in the object. */
  readonly path?: string;
  readonly at?: string;
}

export type GrantDocument =
  | { readonly by: "system:masters" }
  | { readonly by: "node"; readonly node: string; readonly through: readonly FactDocument[] }
  | {
      readonly by: "rbac";
      readonly binding: FactDocument;
      readonly subject: SubjectDocument;
      readonly role: FactDocument;
      readonly rule: Partial<PolicyRule>;
      /** The ClusterRole that an aggregated role has the rule from. */
      readonly origin?: FactDocument;
    };

export interface SubjectDocument {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export function grantDocument<S>(grant: Grant<S>, locate: LocateFact<S>): GrantDocument {
  switch (grant.kind) {
    case "system:masters":
      return { by: "system:masters" };
    case "node":
      return { by: "node", node: grant.node, through: grant.through.map((one) => factDocument(one, [], locate)) };
    case "rbac":
      return rbacDocument(grant, locate);
  }
}

/** A subject without the fields that are empty. */
export function subjectDocument({ kind, name, namespace }: Subject): SubjectDocument {
  return namespace === "" ? { kind, name } : { kind, name, namespace };
}

/** A rule without its empty lists. */
export function ruleDocument(rule: PolicyRule): Partial<PolicyRule> {
  return Object.fromEntries(Object.entries(rule).filter(([, list]) => list.length > 0));
}

function rbacDocument<S>(grant: RbacGrant<S>, locate: LocateFact<S>): GrantDocument {
  const { binding, subject, subjectPath, role, rule, rulePath, origin } = grant;
  const document = {
    by: "rbac" as const,
    binding: factDocument(binding, subjectPath, locate),
    subject: subjectDocument(subject),
    role: factDocument(role, origin === undefined ? rulePath : ["aggregationRule"], locate),
    rule: ruleDocument(rule),
  };
  if (origin === undefined) return document;
  return { ...document, origin: factDocument(origin.role, ["rules", origin.index], locate) };
}

function factDocument<S>(resource: ResourceReference<S>, path: Path, locate: LocateFact<S>): FactDocument {
  const { kind, namespace, name } = resource;
  const at = locate(resource, path);
  return {
    kind,
    ...(namespace === "" ? {} : { namespace }),
    name,
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
    ...(at === undefined ? {} : { at }),
  };
}
