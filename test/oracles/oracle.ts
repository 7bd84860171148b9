// Verdicts of real components, read from the folder beside the repository (or RINGWALL_ORACLES). A clone without it
// still passes its own tests: those that need it are skipped by name.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { test } from "vitest";

const root = process.env["RINGWALL_ORACLES"] ?? join(import.meta.dirname, "../../../shared/oracles");

/** Absolute path of an oracle file, e.g. `pod-security/mutants.dev.ndjson.gz`. */
export function oraclePath(name: string): string {
  return join(root, name);
}

export function hasOracle(name: string): boolean {
  return existsSync(oraclePath(name));
}

/** `test` when the oracle is there, else a test skipped by name. */
export function testWithOracle(name: string): typeof test | typeof test.skip {
  return hasOracle(name) ? test : test.skip;
}

/** The text of an oracle file; `.gz` is unpacked. */
export function readOracle(name: string): string {
  const bytes = readFileSync(oraclePath(name));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** Each line of an NDJSON oracle, parsed. `T` is what its README says a line holds. */
export function* readOracleLines<T>(name: string): Generator<T> {
  for (const line of readOracle(name).split("\n")) {
    if (line !== "") yield JSON.parse(line) as T; // the oracle's README is the contract
  }
}
