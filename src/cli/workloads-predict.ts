// `ringwall workloads admit` without `--level`: every namespace under its own, or proposed, labels.

import { parseKubernetesMinor, type KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import { readLabelChanges, type LabelChanges } from "../layers/workloads/predict/namespace-labels.ts";
import { predict } from "../layers/workloads/predict/predict.ts";
import { PREDICTION_FORMATS } from "../report/admit/prediction-formats.ts";
import { isRefusing, type PredictionReport } from "../report/admit/prediction-report.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { loadAdmissionConfiguration } from "./admission-configuration.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { nearest } from "../verdicts/nearest.ts";
import { UsageError } from "./usage-error.ts";
import { readWorkloads, type WorkloadFlags, type Workloads } from "./workloads-input.ts";

export interface PredictFlags extends WorkloadFlags {
  readonly namespaceLabels?: readonly string[];
  readonly admissionConfig?: string;
  readonly upgradeTo?: string;
}

/** Exit 0: no pod would be refused; 1: some would, now or from the upgrade on; 3: something could not be judged. */
export async function predictWorkloads(
  arguments_: readonly string[],
  flags: PredictFlags,
  streams: Streams,
): Promise<number> {
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(PREDICTION_FORMATS), streams.directory);
  const changes = changesOf(flags.namespaceLabels ?? []);
  const configuration = await loadAdmissionConfiguration(flags.admissionConfig, streams);
  const workloads = await readWorkloads(arguments_, flags, streams);
  const { namespaces, found, gaps, minor } = workloads;
  const upgradeTo = upgradeOf(flags.upgradeTo, workloads);
  const predictions = predict({
    namespaces,
    carriers: found.map(({ carrier }) => carrier),
    configuration,
    minor,
    ...(changes !== undefined && { changes }),
    ...(upgradeTo !== undefined && { upgradeTo }),
  });
  const report: PredictionReport = {
    predictions,
    minor,
    upgradeTo,
    isProposed: changes !== undefined,
    configuration,
    gaps,
  };
  const render = (format: string): Iterable<string> => PREDICTION_FORMATS[format]?.(report, catalogue, text) ?? [];
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  if (predictions.some(isRefusing)) return 1;
  return gaps.some(({ isAccepted }) => isAccepted !== true) ? 3 : 0;
}

function changesOf(words: readonly string[]): LabelChanges | undefined {
  if (words.length === 0) return undefined;
  const read = readLabelChanges(words);
  if (read.ok) return read.changes;
  const [suggestion] = nearest(read.value.replace(/[=-].*$/, ""), read.candidates);
  throw new UsageError("error.admit-label", { value: JSON.stringify(read.value) }, suggestion);
}

function upgradeOf(flag: string | undefined, { minor, isMinorKnown }: Workloads): KubernetesMinor | undefined {
  if (flag === undefined) return undefined;
  const to = parseKubernetesMinor(flag);
  if (to === undefined) throw new UsageError("error.unknown-kubernetes-version", { value: JSON.stringify(flag) });
  if (!isMinorKnown) throw new UsageError("error.admit-upgrade-from", {});
  if (to <= minor) throw new UsageError("error.admit-upgrade-down", { value: flag, current: `v1.${minor}` });
  return to;
}
