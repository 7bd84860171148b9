import { expect, test } from "vitest";
import {
  apiLifecycleOf,
  ENDING_API_TYPES,
  isDeprecated,
  isRemoved,
  KINDS_WITH_ENDING_VERSIONS,
} from "./api-removals.ts";
import { NEWEST_KNOWN_MINOR, OLDEST_SUPPORTED_MINOR } from "./kubernetes-version.ts";

const minors = Array.from({ length: NEWEST_KNOWN_MINOR + 1 }, (_, minor) => minor);

function lifecycleOf(type: string): NonNullable<ReturnType<typeof apiLifecycleOf>> {
  const [apiVersion = "", kind = ""] = type.split(" ");
  return apiLifecycleOf(apiVersion, kind) ?? {};
}

test("every type stands once, ends some day or is deprecated, and is deprecated before it is removed", () => {
  expect(new Set(ENDING_API_TYPES).size).toBe(ENDING_API_TYPES.length);
  for (const type of ENDING_API_TYPES) {
    const { deprecated, removed } = lifecycleOf(type);
    expect([type, deprecated ?? removed]).not.toEqual([type, undefined]);
    if (deprecated !== undefined && removed !== undefined) expect([type, deprecated < removed]).toEqual([type, true]);
  }
});

test("a version is never both, and once removed stays removed", () => {
  for (const type of ENDING_API_TYPES) {
    const lifecycle = lifecycleOf(type);
    const states = minors.map((minor) => [isDeprecated(lifecycle, minor), isRemoved(lifecycle, minor)]);
    expect(states.some(([deprecated, removed]) => deprecated === true && removed === true)).toBe(false);
    const first = states.findIndex(([, removed]) => removed);
    if (first !== -1) expect(states.slice(first).every(([, removed]) => removed)).toBe(true);
  }
});

test("no replacement is itself gone on a supported server that lacks the old one", () => {
  for (const type of ENDING_API_TYPES) {
    const { replacement = "", removed = Infinity } = lifecycleOf(type);
    const [apiVersion = "", kind = type.split(" ")[1] ?? ""] = replacement.split(" ");
    const next = apiLifecycleOf(apiVersion, kind);
    for (const minor of minors.filter((one) => one >= Math.max(removed, OLDEST_SUPPORTED_MINOR)))
      expect([type, minor, next !== undefined && isRemoved(next, minor)]).toEqual([type, minor, false]);
  }
});

test("what people meet", () => {
  expect(apiLifecycleOf("extensions/v1beta1", "Deployment")).toEqual({
    deprecated: 8,
    removed: 16,
    replacement: "apps/v1",
  });
  expect(apiLifecycleOf("policy/v1beta1", "PodDisruptionBudget")).toMatchObject({
    removed: 25,
    replacement: "policy/v1",
  });
  expect(apiLifecycleOf("apps/v1", "Deployment")).toBeUndefined();
  expect(apiLifecycleOf("v1", "Endpoints")).toEqual({
    deprecated: 33,
    replacement: "discovery.k8s.io/v1 EndpointSlice",
  });
  expect(KINDS_WITH_ENDING_VERSIONS).toContain("CronJob");
});
