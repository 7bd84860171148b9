// Writes schemas/config.v1.json from the flags: run after a flag of `scan` was added or changed.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema } from "../src/cli/configuration/config-schema.ts";
import { createProgram } from "../src/cli/program.ts";
import { REPOSITORY } from "./rule-folders.ts";

const file = join(REPOSITORY, "schemas/config.v1.json");
const streams = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: {},
  directory: REPOSITORY,
  signal: new AbortController().signal,
};
writeFileSync(file, `${JSON.stringify(configSchema(createProgram(streams, () => {})), undefined, 2)}\n`);
execFileSync("oxfmt", [file], { cwd: REPOSITORY, stdio: "inherit" });
