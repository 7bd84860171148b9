// The template of rules about what a Role or ClusterRole grants, and to whom. Kubernetes' own roles are no findings while
// they are as Kubernetes made them; rules that an aggregated role has from others are judged where they stand.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { accessViewOf, judgedResources, type AccessView, type RoleView } from "./access-view.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { keyOf } from "./resource-reference.ts";
import { grantedTo } from "./granted-to.ts";
import { givenBy, isFullControl, type Right } from "./right.ts";
import { ACCESS_FACTS } from "./rule-facts.ts";

export type AccessRuleMetadata = Omit<
  ClusterRule,
  "scope" | "projections" | "subjects" | "evaluate" | "reads" | "since"
> &
  Partial<Pick<ClusterRule, "reads">>;

export const RBAC_KINDS: readonly string[] = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];
const ROLE_KINDS: ReadonlySet<string> = new Set(["Role", "ClusterRole"]);

export interface RoleRuleOptions extends AccessRuleMetadata {
  /** What of one rule of a role fails; nothing when it does not. */
  readonly judge: (rule: PolicyRule, index: number, role: RoleView) => readonly Evidence[];
  readonly isConcerned?: (role: RoleView, view: AccessView) => boolean;
}

/** One finding a role, with every field that shows it. */
export function roleRule({ judge, isConcerned = () => true, ...metadata }: RoleRuleOptions): ClusterRule {
  return {
    since: "0.1.0",
    reads: RBAC_KINDS,
    ...metadata,
    scope: "cluster",
    projections: [ACCESS_FACTS],
    subjects: (cluster) => judgedResources(cluster, ROLE_KINDS),
    *evaluate(cluster, { minor }) {
      const view = accessViewOf(cluster, minor);
      for (const role of view.roles) {
        if (role.recognition.kind === "default" || !isConcerned(role, view)) continue;
        const outcome = judgeRole(role, view, judge);
        if (outcome !== undefined) yield { resource: role.resource, outcome };
      }
    },
  };
}

function judgeRole(role: RoleView, view: AccessView, judge: RoleRuleOptions["judge"]): Outcome | undefined {
  const { selectors, isStored, rules } = role.record;
  const evidence =
    selectors === undefined || isStored
      ? rules.rules.flatMap((rule, index) => judge(rule, index, role))
      : judgeGathered(role, view, judge);
  if (evidence.length === 0) return undefined;
  return { kind: "fail", key: "", arguments: grantedTo(role.bindings), evidence };
}

/** Of what a role gathers, the rules of Kubernetes' own roles: nobody else answers for those. */
function judgeGathered(role: RoleView, view: AccessView, judge: RoleRuleOptions["judge"]): readonly Evidence[] {
  const { name } = role.resource.id;
  const { rules, origins = [] } = view.access.state.rbac.roleAt(keyOf("", name)) ?? role.record;
  const isFound = rules.rules.some((rule, index) => {
    const source = origins[index]?.role.source;
    const isDefault = source === undefined || view.defaultRoles.has(source);
    return index in origins && isDefault && judge(rule, index, role).length > 0;
  });
  return isFound ? [{ path: ["aggregationRule", "clusterRoleSelectors"], value: role.record.selectors }] : [];
}

/** Where a right counts: `namespaces` is a role that no ClusterRoleBinding grants. */
export type Reach = "anywhere" | "cluster-wide" | "namespaces";

export interface RightRuleOptions extends AccessRuleMetadata {
  readonly rights: readonly Right[];
  readonly reach?: Reach;
  /** Resources without a namespace: a RoleBinding grants nothing on them. */
  readonly isClusterScoped?: true;
  /** Only when a role of this namespace, or a cluster-wide one. */
  readonly namespace?: string;
}

/** A right that few should hold. Full control is a finding of its own and not repeated for each right in it. */
export function rightRule(options: RightRuleOptions): ClusterRule {
  const { rights, reach = "anywhere", isClusterScoped, namespace, ...metadata } = options;
  return roleRule({
    ...metadata,
    judge: (rule, index) => (isFullControl(rule) ? [] : givenBy(rule, index, rights)),
    isConcerned: (role) => {
      const { kind } = role.resource.id;
      const isClusterWide = role.bindings.some(({ resource }) => resource.id.namespace === "");
      const isBound = role.bindings.length > 0;
      if (isClusterScoped === true) return kind === "ClusterRole" && (isClusterWide || !isBound);
      if (namespace !== undefined) {
        const isThere = role.bindings.some(({ resource }) => resource.id.namespace === namespace);
        return isClusterWide || isThere || role.resource.id.namespace === namespace;
      }
      return reach === "anywhere" || isClusterWide === (reach === "cluster-wide");
    },
  });
}
