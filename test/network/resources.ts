// Resources from plain objects, as a source would make them.

import { readObject } from "../../src/cluster/read-resource.ts";
import type { Resource } from "../../src/cluster/resource.ts";

/** Every object as a resource of one file; throws for what is no Kubernetes object. */
export function resourcesOf(objects: Iterable<unknown>): readonly Resource[] {
  return [...objects].map((object) => {
    const read = readObject(object, "default");
    if (read.kind !== "object") throw new Error(`not an object: ${JSON.stringify(object)}`);
    return {
      id: read.id,
      object: read.object,
      provenance: { kind: "file", file: "test.yaml", line: 1 },
      locate: () => undefined,
    };
  });
}
