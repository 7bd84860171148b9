// Objects of tests as resources that no file can be shown for.

import { readObject } from "../cluster/read-resource.ts";
import type { Resource } from "../cluster/resource.ts";

/** What is no Kubernetes object is left out. */
export function resourcesOf(values: readonly unknown[]): readonly Resource[] {
  return values.flatMap((value): readonly Resource[] => {
    const read = readObject(value, "default");
    if (read.kind !== "object") return [];
    const provenance = { kind: "file", file: "fixture.yaml" } as const;
    return [{ id: read.id, object: read.object, provenance, locate: () => undefined }];
  });
}
