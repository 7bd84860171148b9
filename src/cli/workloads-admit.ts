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
import { parseOutputs, writeOutputs } from "./output.ts";
import { renderOptionsOf } from "./rendering/render-options.ts";
import type { Streams } from "./streams.ts";
import { emptyGap, isRelevant } from "./cluster/input-gaps.ts";
import { openInput } from "./cluster/open-input.ts";
import { checkTargets, readTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";
import { workloadRules } from "./workloads-input.ts";
import type { PredictFlags } from "./workloads-predict.ts";

export interface AdmitFlags extends PredictFlags {
  readonly level?: string;
  readonly policyVersion?: string;
}

/** The flags that ask about namespaces. */
const NAMESPACE_FLAGS = {
  namespaceLabels: "--namespace-labels",
  admissionConfig: "--admission-config",
  upgradeTo: "--upgrade-to",
} as const satisfies Partial<Record<keyof AdmitFlags, string>>;

/**
 * With `--level`, each object by itself at that level; without, each namespace under its labels. Exit 0: every pod would
 * be admitted; 1: some would not; 3: something could not be judged.
 */
export async function workloadsAdmit(
  arguments_: readonly string[],
  flags: AdmitFlags,
  streams: Streams,
): Promise<number> {
  if (flags.level === undefined) {
    if (flags.policyVersion !== undefined) throw new UsageError("error.admit-version-needs-level", {});
    const { predictWorkloads } = await import("./workloads-predict.ts");
    return predictWorkloads(arguments_, flags, streams);
  }
  for (const [name, flag] of Object.entries(NAMESPACE_FLAGS)) {
    const value = flags[name as keyof typeof NAMESPACE_FLAGS]; // the keys of the table
    if (value !== undefined && value.length > 0) throw new UsageError("error.admit-level-only", { flag });
  }
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(ADMIT_FORMATS), streams.directory);
  const level = levelOf(flags.level);
  const policyVersion = flags.policyVersion ?? "latest";
  const version = versionOf(policyVersion);
  const targets = [...arguments_, ...flags.filename];
  checkTargets(targets, streams.directory);

  const admissions: Admission[] = [];
  const gaps: Gap[] = [];
  const namespace = flags.namespace ?? "default";
  const rendering = renderOptionsOf(flags, { namespace, minor: NEWEST_KNOWN_MINOR }, streams.directory);
  const input = await openInput(targets, flags, streams, workloadRules());
  const options = { exclude: flags.exclude, render: rendering, live: input.live };
  for await (const items of readTargets(targets, input.streams, options)) {
    streams.signal.throwIfAborted();
    for (const item of items) {
      if (item.kind === "gap") {
        if (isRelevant(item.gap)) gaps.push(item.gap);
      } else admissions.push(...admissionsOf(item.value, namespace, level, version));
    }
  }
  if (admissions.length === 0 && gaps.length === 0) gaps.push(emptyGap(targets, input.live?.target.server));
  const request = { level, version: policyVersion, admissions, gaps };
  const render = (format: string): Iterable<string> => ADMIT_FORMATS[format]?.(request, catalogue, text) ?? [];
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
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
