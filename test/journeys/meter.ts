// Loaded before the program: says at its end what it used.

import { writeSync } from "node:fs";

process.once("exit", () => writeSync(2, `measured:${JSON.stringify(process.resourceUsage())}\n`));
