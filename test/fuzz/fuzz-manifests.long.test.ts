import { expect, test } from "vitest";
import { exampleManifests, fuzzBytes, fuzzTypes } from "./fuzz-manifests.ts";

const rounds = Number(process.env["RINGWALL_FUZZ_ROUNDS"] ?? 60_000);
const seed = Number(process.env["RINGWALL_FUZZ_SEED"] ?? 20_000);

test("many manifests with mutated bytes", { timeout: 3_600_000 }, async () => {
  expect(await fuzzBytes(rounds, seed, exampleManifests())).toEqual([]);
});

test("many objects with a field of another type", { timeout: 3_600_000 }, async () => {
  expect(await fuzzTypes(rounds, seed, exampleManifests())).toEqual([]);
});
