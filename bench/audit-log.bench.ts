// Audit logs into least roles: throughput and memory of the whole command, at sizes that show whether memory is flat.
//   node bench/audit-log.bench.ts [MEBIBYTES…]          (default 256 1024)

import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./measure.ts";

const sizes = process.argv.length > 2 ? process.argv.slice(2) : ["256", "1024"];
const folder = join(tmpdir(), "ringwall-bench");
mkdirSync(folder, { recursive: true });

for (const size of sizes) {
  const file = join(folder, `audit-${size}.log`);
  if (!existsSync(file))
    execFileSync(process.execPath, [join(import.meta.dirname, "generate-audit-log.ts"), file, size], {
      stdio: "inherit",
    });
  const megabytes = (Number(size) * 1024 * 1024) / 1e6;
  const parsing = parseSeconds(file);
  const { wallSeconds, cpuSeconds, peakMebibytes } = await measure([
    "access",
    "minimize",
    "--log-only",
    "--audit-log",
    file,
  ]);
  const columns = [
    `${size} MiB`.padEnd(9),
    `${(megabytes / wallSeconds).toFixed(0)} MB/s`.padStart(9),
    `${(megabytes / cpuSeconds).toFixed(0)} MB/CPU s`.padStart(12),
    `${peakMebibytes.toFixed(0)} MiB`.padStart(9),
  ];
  process.stdout.write(`${columns.join("  ")}    JSON.parse alone: ${(64 / parsing).toFixed(0)} MB/CPU s\n`);
}

/** CPU seconds that JSON.parse takes for the lines of the first 64 MB, for comparison in the same minute. */
function parseSeconds(file: string): number {
  const bytes = Buffer.alloc(64e6);
  const descriptor = openSync(file, "r");
  const length = readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
  const lines = bytes.toString("utf8", 0, length).split("\n").slice(0, -1);
  const before = process.cpuUsage();
  for (const line of lines) JSON.parse(line);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
