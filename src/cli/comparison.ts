// What a scan is compared with: `--baseline FILE`, an earlier report, or `--changed-since REF`, the same scan of what a
// Git revision held.

import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { baselineOf, type Baseline } from "../controls/baseline/baseline.ts";
import { readBaseline } from "../controls/baseline/read-baseline.ts";
import { formatPath } from "../kubernetes/path.ts";
import { loadExceptions } from "./configuration/load-exceptions.ts";
import { placeOfSetting, type ScanFlags } from "./scan-flags.ts";
import { scanOnce, type ScanRequest } from "./scan-once.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

/** The report that `--baseline` names; read before anything else, so that a mistake in it costs nothing. */
export function baselineFile(flags: ScanFlags, { directory }: Streams): Baseline | undefined {
  const { baseline: file, changedSince } = flags;
  if (file === undefined) return undefined;
  if (changedSince !== undefined) throw new UsageError("error.two-baselines", {});
  try {
    return parseBaseline(resolve(directory, file), file);
  } catch (error) {
    throw error instanceof UsageError ? error.at(placeOfSetting(flags, "baseline")) : error;
  }
}

function parseBaseline(file: string, name: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError("error.unreadable", { value: name, detail: error instanceof Error ? error.message : "" });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError("error.no-report", { value: name, path: "", expected: "JSON", found: "" });
  }
  const read = readBaseline(value, name);
  if (read.ok) return read.baseline;
  const { path, expected, found } = read.problem;
  throw new UsageError("error.no-report", { value: name, path: formatPath(path), expected, found });
}

/** The findings of the same scan where `--changed-since` says; `undefined` without the flag. */
export async function revisionBaseline(
  request: ScanRequest,
  today: string,
  streams: Streams,
): Promise<Baseline | undefined> {
  const { flags, targets, rules } = request;
  const ref = flags.changedSince;
  if (ref === undefined) return undefined;
  if (targets.includes("-")) throw new UsageError("error.revision-of-input", {});
  const { checkOut } = await import("./revision/check-out.ts");
  const absolute = (path: string): string => resolve(streams.directory, path);
  const revision = await checkOut(ref, targets.map(absolute), streams);
  try {
    const then = { ...streams, directory: revision.directory };
    // Names are the user's own only in this folder; what a report shows is compared by identity, not by file.
    const earlier = targets.map((target) => relative(streams.directory, absolute(target)) || ".");
    const there = earlier.filter((target) => existsSync(resolve(then.directory, target)));
    const counterpart = (path: string): string => revision.counterpart(absolute(path)) ?? absolute(path);
    const thenFlags: ScanFlags = { ...flags, helmValues: flags.helmValues.map(counterpart) };
    const exceptions = exceptionsThen(flags, revision.counterpart, { rules, targets: there, today }, then, streams);
    const scanned = await scanOnce({ ...request, flags: thenFlags, targets: there, exceptions }, then);
    return baselineOf(ref, targets, scanned.result.findings);
  } finally {
    revision.remove();
  }
}

/** What was excepted then, counted by today's date: an exception that has expired since makes nothing new. */
function exceptionsThen(
  flags: ScanFlags,
  counterpart: (path: string) => string | undefined,
  { rules, targets, today }: Pick<ScanRequest, "rules" | "targets"> & { readonly today: string },
  then: Streams,
  now: Streams,
): ReturnType<typeof loadExceptions> {
  const options = { asked: rules, targets, today };
  const { exceptions, respect } = flags;
  if (typeof exceptions === "string") {
    const file = resolve(now.directory, exceptions);
    return loadExceptions({ respect, exceptions: counterpart(file) ?? file }, options, then);
  }
  try {
    return loadExceptions({ respect, ...(exceptions !== undefined && { exceptions }) }, options, then);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return loadExceptions({ respect, exceptions: false }, options, then); // its file was broken then, and excepted nothing
  }
}
