// `--admission-config FILE`: read as any manifest, refused with the place of each mistake.

import { resolve } from "node:path";
import {
  NO_CONFIGURATION,
  readConfiguration,
  type ConfigurationProblem,
} from "../layers/workloads/predict/read-configuration.ts";
import type { PodSecurityConfiguration } from "../layers/workloads/pod-security/admission/admission.ts";
import { readManifestFile } from "../sources/manifests/manifest-source.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { UsageError } from "./usage-error.ts";

/** Throws a UsageError that names file, line and column of the first mistake. */
export async function loadAdmissionConfiguration(
  file: string | undefined,
  streams: Streams,
): Promise<PodSecurityConfiguration> {
  if (file === undefined) return NO_CONFIGURATION;
  checkTargets([file], streams.directory);
  for await (const items of readManifestFile(resolve(streams.directory, file), file)) {
    for (const item of items) {
      if (item.kind === "gap") {
        const detail = String(item.gap.reason.arguments?.["detail"] ?? item.gap.code);
        throw new UsageError("error.admit-configuration-unreadable", { value: file, detail }).at(item.gap.position);
      }
      const read = readConfiguration(item.value);
      if (read.ok) return read.configuration;
      const [problem] = read.problems;
      if (problem !== undefined) throw refusal(problem).at(item.locate(problem.path));
    }
  }
  throw new UsageError("error.admit-configuration-empty", { value: file });
}

function refusal({ code, value, expected }: ConfigurationProblem): UsageError {
  const isWord = code === "type" || code === "elsewhere" || code === "kind";
  return new UsageError(`error.admit-configuration-${code}`, {
    value: isWord ? value : JSON.stringify(value),
    expected,
  });
}
