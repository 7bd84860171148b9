// `ringwall workloads admit`: what Pod Security admission would decide, before it does.

import { readObject } from "../cluster/read-resource.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { ADMIT_FORMATS } from "../report/admit-formats.ts";
import { admitObject, type Admission } from "../layers/workloads/admit.ts";
import {
  parsePolicyLevel,
  parsePolicyVersion,
  POLICY_LEVELS,
  type PolicyLevel,
  type PolicyVersion,
} from "../layers/workloads/pod-security/pod-security.ts";
import type { Gap } from "../verdicts/gap.ts";
import { NEWEST_KNOWN_MINOR } from "../kubernetes/kubernetes-version.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutput } from "./output.ts";
import { renderOptionsOf, type RenderFlags } from "./rendering/render-options.ts";
import type { Streams } from "./streams.ts";
import { checkTargets, readTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";

export interface AdmitFlags extends RenderFlags {
  readonly level: string;
  readonly policyVersion: string;
  readonly output: readonly string[];
  readonly lang?: string;
  readonly color: string;
  readonly exclude: readonly string[];
  readonly namespace?: string;
  readonly filename: readonly string[];
}

/** Exit 0: every pod would be admitted; 1: some would not; 3: something could not be judged. */
export async function workloadsAdmit(
  arguments_: readonly string[],
  flags: AdmitFlags,
  streams: Streams,
): Promise<number> {
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const text = textOptionsOf(flags.color, false, streams);
  const [output] = parseOutputs(flags.output, Object.keys(ADMIT_FORMATS), streams.directory);
  const level = levelOf(flags.level);
  const version = versionOf(flags.policyVersion);
  const targets = [...arguments_, ...flags.filename];
  if (targets.length === 0) throw new UsageError("error.target-needed", {});
  checkTargets(targets, streams.directory);

  const admissions: Admission[] = [];
  const gaps: Gap[] = [];
  const namespace = flags.namespace ?? "default";
  const rendering = renderOptionsOf(flags, { namespace, minor: NEWEST_KNOWN_MINOR }, streams.directory);
  for await (const items of readTargets(targets, streams, { exclude: flags.exclude, render: rendering })) {
    for (const item of items) {
      if (item.kind === "gap") gaps.push(item.gap);
      else admissions.push(...admissionsOf(item.value, namespace, level, version));
    }
  }
  if (admissions.length === 0 && gaps.length === 0) {
    const counts = { targets: targets.join(", "), files: targets.length, others: targets.length };
    gaps.push({ code: "no-objects", what: targets.join(", "), reason: { id: "no-objects", arguments: counts } });
  }
  const render = output === undefined ? undefined : ADMIT_FORMATS[output.format];
  if (output !== undefined && render !== undefined) {
    const request = { level, version: flags.policyVersion, admissions, gaps };
    await writeOutput(output, render(request, catalogue, text), streams);
  }
  if (admissions.some(({ verdict }) => verdict === "denied")) return 1;
  return gaps.length > 0 || admissions.some(({ verdict }) => verdict === "not-evaluated") ? 3 : 0;
}

function admissionsOf(
  value: unknown,
  namespace: string,
  level: PolicyLevel,
  version: PolicyVersion,
): readonly Admission[] {
  const read = readObject(value, namespace);
  if (read.kind === "not-kubernetes") return [];
  return [admitObject(read, value, level, version)];
}

function levelOf(flag: string): PolicyLevel {
  const level = parsePolicyLevel(flag);
  if (level === undefined) throw unknownWord("error.unknown-level", flag, POLICY_LEVELS);
  return level;
}

function versionOf(flag: string): PolicyVersion {
  const version = parsePolicyVersion(flag);
  if (version === undefined) throw new UsageError("error.unknown-policy-version", { value: JSON.stringify(flag) });
  return version;
}
