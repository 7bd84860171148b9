// The template of rules about relations between objects: what a rule says of each object it answers for is worked out
// once per cluster, from the shared index.

import type { Cluster } from "../../cluster/cluster.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { relationsOf, type Relations } from "./references/relations.ts";
import { RELATIONS } from "./references/relation-facts.ts";

/** An object the rule answers for; without outcomes it passes. */
export interface Judgement {
  readonly resource: Resource;
  readonly outcomes: readonly Outcome[];
}

export type RelationRuleMetadata = Omit<ClusterRule, "scope" | "projections" | "subjects" | "evaluate">;

export interface RelationRuleOptions extends RelationRuleMetadata {
  readonly judge: (relations: Relations) => Iterable<Judgement>;
}

/** A rule over the whole input that keeps facts of objects, not the objects. */
export function relationRule({ judge, ...metadata }: RelationRuleOptions): ClusterRule {
  const judged = new WeakMap<Cluster, readonly Judgement[]>();
  const judgementsOf = (cluster: Cluster): readonly Judgement[] => {
    let judgements = judged.get(cluster);
    if (judgements === undefined) {
      judgements = [...judge(relationsOf(cluster))];
      judged.set(cluster, judgements);
    }
    return judgements;
  };
  return {
    ...metadata,
    scope: "cluster",
    projections: [RELATIONS],
    subjects: (cluster) => judgementsOf(cluster).map(({ resource }) => resource),
    evaluate: (cluster) =>
      judgementsOf(cluster).flatMap(({ resource, outcomes }) => outcomes.map((outcome) => ({ resource, outcome }))),
  };
}
