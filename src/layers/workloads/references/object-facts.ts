// What a reader of one kind hands back: its references, its role, what it makes.

import type { KubernetesObject } from "../../../kubernetes/object.ts";
import type { ShapeProblem } from "../../../kubernetes/shape.ts";
import type { ResourceId } from "../../../cluster/resource-id.ts";
import type { Detail } from "./details.ts";
import type { MadeObject } from "./made-object.ts";
import type { Reference } from "./reference.ts";

export interface ObjectFacts {
  readonly references?: readonly Reference[];
  readonly makes?: readonly MadeObject[];
  readonly detail?: Detail;
  readonly problems?: readonly ShapeProblem[];
}

/** Reads one kind. An object with fields of the wrong type gives problems, and no facts from there. */
export type ReadFacts = (object: KubernetesObject, id: ResourceId) => ObjectFacts;
