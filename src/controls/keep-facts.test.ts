import { expect, test } from "vitest";
import type { Resource } from "../cluster/resource.ts";
import { createCluster } from "../cluster/cluster.ts";
import { projectedOf, provideProjections, type Projection } from "../verdicts/projection.ts";
import type { ClusterRule } from "../verdicts/rule.ts";
import { createKeeper } from "./keep-facts.ts";

const names: Projection<string> = {
  extract: ({ id, object }) =>
    id.kind === "Ignored"
      ? undefined
      : {
          facts: id.name,
          isJudged: id.kind === "Judged",
          ...(object["spec"] === "x" && { problems: [{ path: ["spec"], expected: "object", found: "string" }] }),
        },
};
const rule = { projections: [names] } as unknown as ClusterRule; // nothing else of a rule is looked at

function resource(kind: string, name: string, fields: object = {}): Resource {
  const metadata = {
    name,
    labels: { app: "a" },
    annotations: { keep: "1", "kubectl.kubernetes.io/last-applied-configuration": "{}" },
    managedFields: [{}],
  };
  return {
    id: { apiVersion: "v1", group: "", kind, namespace: "default", name },
    object: { apiVersion: "v1", kind, metadata, spec: {}, ...fields },
    provenance: { kind: "file", file: "a.yaml" },
    locate: () => ({ file: "a.yaml", line: 1, column: 1 }),
  };
}

test("facts are kept with type and metadata, and the text only of what can be judged", () => {
  const keeper = createKeeper([rule, rule]);
  for (const kind of ["Judged", "Named", "Ignored"]) keeper.add(resource(kind, kind.toLowerCase()));
  const kept = keeper.kept.get(names) ?? [];
  expect(kept.map(({ facts }) => facts)).toEqual(["judged", "named"]);
  expect(kept.map(({ resource: { locate } }) => locate([]) !== undefined)).toEqual([true, false]);
  expect(kept[0]?.resource.object).toEqual({
    apiVersion: "v1",
    kind: "Judged",
    metadata: { name: "judged", labels: { app: "a" }, annotations: { keep: "1" } },
  });
});

test("fields that could not be read are handed back", () => {
  const keeper = createKeeper([rule]);
  expect(keeper.add(resource("Judged", "a"))).toEqual([]);
  expect(keeper.add(resource("Judged", "b", { spec: "x" }))).toHaveLength(1);
});

test("a cluster gives the facts it was given, or takes them from its objects once", () => {
  const given = createCluster([]);
  const one = { resource: resource("Judged", "a"), facts: "given" };
  provideProjections(given, new Map([[names, [one]]]));
  expect(projectedOf(given, names)).toEqual([one]);
  const own = createCluster([resource("Judged", "a"), resource("Ignored", "b")]);
  expect(projectedOf(own, names).map(({ facts }) => facts)).toEqual(["a"]);
  expect(projectedOf(own, names)).toBe(projectedOf(own, names));
});
