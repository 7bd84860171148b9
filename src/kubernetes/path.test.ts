import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPath, parsePath, valueAt, type PathSegment } from "./path.ts";

test("a path reads as kubectl and jq users write it", () => {
  expect(formatPath(["spec", "containers", 0, "image"])).toBe("spec.containers[0].image");
  expect(formatPath(["metadata", "annotations", "a.b/c"])).toBe('metadata.annotations["a.b/c"]');
});

test("parsing what was printed gives the same path", () => {
  const segment: fc.Arbitrary<PathSegment> = fc.oneof(fc.string(), fc.nat());
  fc.assert(
    fc.property(fc.array(segment), (path) => {
      expect(parsePath(formatPath(path))).toEqual(path);
    }),
  );
});

test("a path that leaves the object has no value, not even an inherited one", () => {
  expect(valueAt({ a: [1, 2] }, ["a", 1])).toBe(2);
  expect(valueAt({ a: 1 }, ["a", "b"])).toBeUndefined();
  expect(valueAt({}, ["constructor"])).toBeUndefined();
});
