// Chains of facts for people: `RoleBinding shop/cart-reader → ClusterRole view-all → rule 3: get secrets in core`.

import { positionOf, type AccessSource } from "../../layers/access/access-source.ts";
import type { Grant, RbacGrant } from "../../layers/access/grant.ts";
import type { PolicyRule } from "../../layers/access/policy-rule.ts";
import type { ResourceReference } from "../../layers/access/resource-reference.ts";
import type { Subject } from "../../layers/access/subject.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText } from "../evidence-text.ts";
import { printable } from "../printable.ts";

type Reference = Pick<ResourceReference<unknown>, "kind" | "namespace" | "name">;

/** `RoleBinding shop/cart-reader`. */
export function referenceText({ kind, namespace, name }: Reference): string {
  return printable(`${kind} ${namespace === "" ? name : `${namespace}/${name}`}`);
}

/** `ServiceAccount shop/cart`, `Group system:masters`. */
export function subjectText({ kind, namespace, name }: Pick<Subject, "kind" | "namespace" | "name">): string {
  return referenceText({ kind, namespace, name });
}

/** `get,list secrets,pods in core`, `get /metrics`, with the names in brackets where there are some. */
export function ruleText(rule: Partial<PolicyRule>): string {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const parts: string[] = [];
  if (resources.length > 0) {
    const names = resourceNames.length === 0 ? "" : `[${resourceNames.join(",")}]`;
    const groups = apiGroups.map((group) => (group === "" ? "core" : group)).join(",");
    parts.push(`${verbs.join(",")} ${resources.join(",")}${names} in ${groups}`);
  }
  if (nonResourceURLs.length > 0) parts.push(`${verbs.join(",")} paths ${nonResourceURLs.join(",")}`);
  return printable(parts.join("; "));
}

/** What grants, without its places. */
export function grantText(grant: Grant<AccessSource>, catalogue: Catalogue): string {
  switch (grant.kind) {
    case "system:masters":
      return catalogue.say("access.by-masters");
    case "node": {
      const through = grant.through.map(referenceText).join(" → ");
      const node = printable(grant.node);
      return through === ""
        ? catalogue.say("access.by-node", { node })
        : catalogue.say("access.by-node-through", { node, through });
    }
    case "rbac": {
      const rule = catalogue.say("access.rule", { number: ruleNumber(grant), rule: ruleText(grant.rule) });
      const origin = grant.origin === undefined ? "" : ` → ${referenceText(grant.origin.role)}`;
      return `${referenceText(grant.binding)} → ${referenceText(grant.role)}${origin} → ${rule}`;
    }
  }
}

/** `rbac.yaml:14 → rbac.yaml:40`; empty where nothing came from a file. */
export function grantPlaces(grant: Grant<AccessSource>): string {
  const facts: (readonly [ResourceReference<AccessSource>, readonly (string | number)[]])[] = [];
  if (grant.kind === "node") facts.push(...grant.through.map((one) => [one, ["metadata", "name"]] as const));
  if (grant.kind === "rbac") {
    facts.push([grant.binding, grant.subjectPath]);
    if (grant.origin === undefined) facts.push([grant.role, grant.rulePath]);
    else facts.push([grant.role, ["aggregationRule"]], [grant.origin.role, ["rules", grant.origin.index]]);
  }
  const places = facts.flatMap(([resource, path]) => {
    const position = positionOf(resource, path);
    return position === undefined ? [] : [placeText(position)];
  });
  return places.join(" → ");
}

/** The binding and to whom it gives, for what would remain: `ClusterRoleBinding ops (Group system:serviceaccounts)`. */
export function shortGrantText(grant: Grant<AccessSource>, catalogue: Catalogue): string {
  return grant.kind === "rbac"
    ? `${referenceText(grant.binding)} (${subjectText(grant.subject)})`
    : grantText(grant, catalogue);
}

/** Counted from one, in the object that holds the rule. */
function ruleNumber({ origin, rulePath }: RbacGrant<AccessSource>): number {
  return (origin === undefined ? Number(rulePath[1]) : origin.index) + 1;
}
