import { expect, test } from "vitest";
import { deferredMap } from "./deferred-map.ts";

test("a deferred map is made once, when first asked for, and reads as the map it stands for", () => {
  let made = 0;
  const plain = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  const deferred = deferredMap(() => {
    made++;
    return plain;
  });
  expect(made).toBe(0);
  const visited: (readonly [string, number])[] = [];
  deferred.forEach((value, key) => {
    visited.push([key, value]);
  });
  expect(visited).toEqual([...plain]);
  expect([deferred.get("a"), deferred.get("c"), deferred.has("b"), deferred.size]).toEqual([1, undefined, true, 2]);
  expect([...deferred]).toEqual([...plain]);
  expect([[...deferred.keys()], [...deferred.values()], [...deferred.entries()]]).toEqual([
    [...plain.keys()],
    [...plain.values()],
    [...plain.entries()],
  ]);
  expect(made).toBe(1);
});
