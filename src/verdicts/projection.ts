// What relations keep of an object: facts, taken while the input streams, so that the object itself can be released.
// 100,000 workloads are some hundred megabytes of objects and parser events, and a tenth of that in facts.

import type { Cluster } from "../cluster/cluster.ts";
import type { Resource } from "../cluster/resource.ts";
import type { ShapeProblem } from "../kubernetes/shape.ts";

export interface Extraction<Facts> {
  readonly facts: Facts;
  /** Whether a finding can be about this object. If not, not even its text is kept. */
  readonly isJudged: boolean;
  /** Fields outside of pod templates that the API server would refuse; nothing is taken from where they are. */
  readonly problems?: readonly ShapeProblem[];
}

/** A way to take facts from objects. One constant per engine: rules that name the same one share its work. */
export interface Projection<Facts> {
  /** `undefined` when nothing of the object matters. Pure. */
  readonly extract: (resource: Resource) => Extraction<Facts> | undefined;
}

/** Facts with the resource they are of; in a run, its `object` has apiVersion, kind and metadata only. */
export interface Projected<Facts> {
  readonly resource: Resource;
  readonly facts: Facts;
}

type ProjectedLists = Map<Projection<unknown>, readonly Projected<unknown>[]>;

const lists = new WeakMap<Cluster, ProjectedLists>();

/** Gives a cluster the facts that were taken while its objects were read. */
export function provideProjections(cluster: Cluster, provided: ProjectedLists): void {
  lists.set(cluster, new Map(provided));
}

/** The facts of every object that has some, in the order read: those provided, else taken now, once per cluster. */
export function projectedOf<Facts>(cluster: Cluster, projection: Projection<Facts>): readonly Projected<Facts>[] {
  let own = lists.get(cluster);
  if (own === undefined) {
    own = new Map();
    lists.set(cluster, own);
  }
  let list = own.get(projection);
  if (list === undefined) {
    list = cluster.resources.flatMap((resource) => {
      const extraction = projection.extract(resource);
      return extraction === undefined ? [] : [{ resource, facts: extraction.facts }];
    });
    own.set(projection, list);
  }
  return list as readonly Projected<Facts>[]; // a list is stored under the projection that made it
}
