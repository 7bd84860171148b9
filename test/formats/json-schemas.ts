// The shipped JSON Schemas, compiled strictly.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { REPOSITORY } from "./run-ringwall.ts";

const FOLDER = join(REPOSITORY, "schemas");

export const SCHEMA_NAMES: readonly string[] = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
for (const name of SCHEMA_NAMES) ajv.addSchema(readSchema(name), name);

export function readSchema(name: string): object {
  return JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as object; // our own file
}

/** The compiled schema; `name` may point into one: `admit.v1.json#/$defs/result`. */
export function schemaOf(name: string): ValidateFunction {
  const validate = ajv.getSchema(name);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  return validate;
}

/** What is wrong with `value`, one line a mistake; empty when it is as the schema says. */
export function mistakesIn(value: unknown, name: string): readonly string[] {
  const validate = schemaOf(name);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
