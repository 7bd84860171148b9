// Resources from plain objects, as a source would make them.

import { readObject } from "../../src/cluster/read-resource.ts";
import type { Resource } from "../../src/cluster/resource.ts";

/** Every object as a resource; throws for what is no Kubernetes object. */
export function resourcesOf(objects: readonly unknown[]): readonly Resource[] {
  const resources = resourcesIn(objects);
  if (resources.length !== objects.length) throw new Error("not every object is a Kubernetes object");
  return resources;
}

/** The Kubernetes objects among some values. */
export function resourcesIn(values: readonly unknown[]): readonly Resource[] {
  return values.flatMap((value): readonly Resource[] => {
    const read = readObject(value, "default");
    if (read.kind !== "object") return [];
    return [
      { id: read.id, object: read.object, provenance: { kind: "file", file: "test.yaml" }, locate: () => undefined },
    ];
  });
}
