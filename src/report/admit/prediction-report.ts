// What `workloads admit` tells of namespaces, whatever the format.

import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { NamespacePrediction, PredictedEntry } from "../../layers/workloads/predict/predict.ts";
import type { Effect } from "../../layers/workloads/predict/judge-carrier.ts";
import type { PodSecurityConfiguration } from "../../layers/workloads/pod-security/admission/admission.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import type { TextOptions } from "../text/text.ts";

export interface PredictionReport {
  readonly predictions: readonly NamespacePrediction[];
  readonly minor: KubernetesMinor;
  readonly upgradeTo: KubernetesMinor | undefined;
  /** The labels are proposed ones. */
  readonly isProposed: boolean;
  readonly configuration: PodSecurityConfiguration;
  readonly gaps: readonly Gap[];
}

export type RenderPrediction = (report: PredictionReport, catalogue: Catalogue, text: TextOptions) => Iterable<string>;

export const EFFECTS: readonly Effect[] = ["rejected", "warned", "audited", "exempt", "unaffected"];

export function entriesBy({ entries }: NamespacePrediction, effect: Effect): readonly PredictedEntry[] {
  return entries.filter(({ judgement }) => judgement.effect === effect);
}

/** Whether a pod would be refused: under the labels judged, or only after the upgrade. */
export function isRefusing({ entries, upgrade }: NamespacePrediction): boolean {
  return (
    entries.some(({ judgement }) => judgement.effect === "rejected") ||
    (upgrade?.changes.some(({ after }) => after.effect === "rejected") ?? false)
  );
}
