// `workloads admit -o json|ndjson` over namespaces (ringwall.admit/v1, schemas/admit.v1.json).

import type { NamespacePrediction, PredictedEntry } from "../../layers/workloads/predict/predict.ts";
import type { CarrierUpgrade } from "../../layers/workloads/predict/predict-upgrade.ts";
import { POLICY_MODES, type PodSecurityPolicy } from "../../layers/workloads/pod-security/admission/admission.ts";
import { formatPolicyVersion } from "../../layers/workloads/pod-security/pod-security.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson, resourceJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { entryNotes, stepText } from "./entry-notes.ts";
import type { PredictionReport } from "./prediction-report.ts";

export function* predictionJson(report: PredictionReport, catalogue: Catalogue): Generator<string> {
  const { predictions, minor, upgradeTo, gaps } = report;
  const head = {
    schema: "ringwall.admit/v1",
    kubernetes: `1.${minor}`,
    ...(upgradeTo !== undefined && { upgradeTo: `1.${upgradeTo}` }),
    proposed: report.isProposed,
  };
  yield `${jsonText(head).slice(0, -1)},\n"namespaces":[`;
  yield* jsonElements(predictions, (prediction) => namespaceJson(prediction, catalogue));
  yield `],\n"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

/** One line a namespace. */
export function* predictionNdjson({ predictions }: PredictionReport, catalogue: Catalogue): Generator<string> {
  for (const prediction of predictions) yield `${jsonText(namespaceJson(prediction, catalogue))}\n`;
}

function namespaceJson(prediction: NamespacePrediction, catalogue: Catalogue): object {
  const { namespace, known, current, judged, isExempt, entries, reachable, upgrade, answer } = prediction;
  const { highest, next, version } = reachable;
  return {
    namespace,
    known: known !== undefined,
    exempt: isExempt,
    current: policyJson(current.policy),
    judged: policyJson(judged.policy),
    ...(judged.errors.length > 0 && { labelErrors: judged.errors }),
    workloads: entries.map((entry) => entryJson(entry, catalogue)),
    highest: { level: highest, version: formatPolicyVersion(version) },
    ...(next !== undefined && {
      next: {
        level: next.level,
        needs: next.obstacles.map(({ carrier, violations }) => ({ resource: resourceJson(carrier.id), violations })),
      },
    }),
    ...(answer !== undefined && {
      server: {
        allowed: answer.allowed,
        warnings: answer.warnings ?? [],
        ...(answer.status && { message: answer.status.message }),
      },
    }),
    ...(upgrade !== undefined && {
      upgrade: { moving: upgrade.moving, changes: upgrade.changes.map((change) => upgradeJson(change, catalogue)) },
    }),
  };
}

function policyJson(policy: PodSecurityPolicy): object {
  return Object.fromEntries(
    POLICY_MODES.map((mode) => {
      const { level, version } = policy[mode];
      return [mode, { level, version: formatPolicyVersion(version) }];
    }),
  );
}

function entryJson(entry: PredictedEntry, catalogue: Catalogue): object {
  const { carrier, judgement, madeBy, others } = entry;
  const { effect, exemption, enforce, audit, warn } = judgement;
  const { position, pause, isLive, isPod, isSeen } = carrier;
  const isRejected = effect === "rejected";
  return {
    resource: resourceJson(carrier.id),
    ...position,
    effect,
    ...(exemption !== undefined && { exemption }),
    allowed: !isRejected,
    objectAllowed: !isRejected || !isPod,
    live: isLive,
    ...(!isSeen && { seenByAdmission: false }),
    ...(pause !== undefined && { pause }),
    ...(madeBy !== undefined && { madeBy }),
    ...(others > 0 && { others }),
    enforce,
    audit,
    warn,
    notes: entryNotes(entry, catalogue),
  };
}

function upgradeJson({ carrier, before, after, modes }: CarrierUpgrade, catalogue: Catalogue): object {
  return {
    resource: resourceJson(carrier.id),
    before: before.effect,
    after: after.effect,
    modes: modes.map(({ mode, before, after, checks }) => ({
      mode,
      before,
      after,
      checks: checks.map((checked) => ({
        check: checked.check,
        change: checked.change,
        since: `v1.${checked.since}`,
        why: stepText(checked, catalogue),
      })),
    })),
  };
}
