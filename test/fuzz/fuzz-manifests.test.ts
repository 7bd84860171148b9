import { expect, test } from "vitest";
import { exampleManifests, fuzzBytes, fuzzTypes } from "./fuzz-manifests.ts";

test("1,500 manifests with mutated bytes: no crash, no hang, positions inside the text", async () => {
  expect(await fuzzBytes(1500, 1, exampleManifests())).toEqual([]);
});

test("1,500 objects with a field of another type: no crash, nothing lost", async () => {
  expect(await fuzzTypes(1500, 1, exampleManifests())).toEqual([]);
});
