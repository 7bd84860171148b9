// What an entry's verdict means in practice: enforce reaches only pods, so the object is accepted and the failure comes
// later, somewhere else.

import type { NamespacePrediction, PredictedEntry } from "../../layers/workloads/predict/predict.ts";
import type { ChangedCheck } from "../../layers/workloads/predict/policy-steps.ts";
import { EXPLAINED_STEPS } from "../../layers/workloads/predict/policy-steps.ts";
import type { ModeChange } from "../../layers/workloads/predict/predict-upgrade.ts";
import type { PodSecurityPolicy } from "../../layers/workloads/pod-security/admission/admission.ts";
import { formatLevelVersion, POLICY_MODES } from "../../layers/workloads/pod-security/admission/admission.ts";
import type { Violation } from "../../layers/workloads/pod-security/pod-security.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Labels } from "../../layers/workloads/predict/namespace-labels.ts";

const OWN_NOTE: ReadonlySet<string> = new Set(["Deployment", "Job", "CronJob", "PodTemplate"]);

/** Sentences for one entry, the most important first. */
export function entryNotes({ carrier, judgement, madeBy, others }: PredictedEntry, catalogue: Catalogue): string[] {
  const { id, isPod, isLive, isSeen, pause } = carrier;
  const { kind } = id;
  const notes: string[] = [];
  if (judgement.effect === "rejected") {
    if (isPod) notes.push(catalogue.say(isLive ? "admit.reach.live-pod" : "admit.reach.pod"));
    else if (!isSeen) notes.push(catalogue.say("admit.reach.custom", { kind }));
    else notes.push(catalogue.sayAny(`admit.reach.${OWN_NOTE.has(kind) ? kind : "controller"}`, { kind }));
    if (pause !== undefined) notes.push(catalogue.say(`admit.pause.${pause}`));
  }
  if (madeBy !== undefined) notes.push(catalogue.say("admit.made-by", madeBy));
  if (others > 0 && isPod) notes.push(catalogue.say("admit.others", { count: others }));
  return notes;
}

/** `enforce baseline:latest · warn baseline:latest (follows enforce)`; empty where no mode asks for anything. */
export function policyText(policy: PodSecurityPolicy, labels: Labels, catalogue: Catalogue): string {
  const texts = POLICY_MODES.filter((mode) => policy[mode].level !== "privileged").map((mode) => {
    const follows = mode === "warn" && labels[`pod-security.kubernetes.io/warn`] == null && isEnforced(labels);
    return catalogue.say(follows ? "admit.mode-follows" : "admit.mode", {
      mode,
      level: formatLevelVersion(policy[mode]),
    });
  });
  return texts.length === 0 ? catalogue.say("admit.no-mode") : texts.join(" · ");
}

function isEnforced(labels: Labels): boolean {
  return labels["pod-security.kubernetes.io/enforce"] != null;
}

export function violationText({ reason, detail }: Pick<Violation, "reason" | "detail">): string {
  return detail === "" ? reason : `${reason} (${detail})`;
}

/** What an entry is told of: what enforces first, else what warns, else what is audited. */
export function shownViolations({ judgement }: PredictedEntry): readonly Violation[] {
  const { enforce, warn, audit } = judgement;
  if (enforce.length > 0) return enforce;
  return warn.length > 0 ? warn : audit;
}

export function reachableText({ reachable }: NamespacePrediction, catalogue: Catalogue): string {
  const { highest, next, version } = reachable;
  const levelText = (level: typeof highest): string => formatLevelVersion({ level, version });
  if (next === undefined) return catalogue.say("admit.could-all", { level: levelText(highest) });
  const values = { level: levelText(highest), next: levelText(next.level), count: next.obstacles.length };
  return catalogue.say(highest === "privileged" ? "admit.could-none" : "admit.could", values);
}

const MOST_NAMES = 6;

/** Each reason that keeps the next level away, with the workloads it is about: `privileged: agent, csi and 3 more`. */
export function obstacleTexts({ reachable }: NamespacePrediction, catalogue: Catalogue): readonly string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { carrier, violations } of reachable.next?.obstacles ?? []) {
    for (const { reason } of violations) {
      const names = byReason.get(reason) ?? new Set();
      byReason.set(reason, names.add(carrier.id.name));
    }
  }
  return [...byReason].map(([reason, names]) => {
    const list = [...names].slice(0, MOST_NAMES).join(", ");
    const count = names.size - MOST_NAMES;
    return `${reason}: ${count > 0 ? catalogue.say("admit.list-more", { list, count }) : list}`;
  });
}

export interface ChangeLine {
  readonly change: string;
  readonly why: string;
}

/** What an upgrade changes, and why; modes that change alike are told of together. */
export function changeLines(modes: readonly ModeChange[], catalogue: Catalogue): readonly ChangeLine[] {
  const changed = modes.flatMap(({ mode, checks }) => checks.map((checked) => ({ mode, checked })));
  const alike = Map.groupBy(changed, ({ checked }) => JSON.stringify(checked));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, violation } = first.checked;
    const values = { mode: group.map(({ mode }) => mode).join(", "), text: violationText(violation) };
    return [{ change: catalogue.say(`admit.change.${change}`, values), why: stepText(first.checked, catalogue) }];
  });
}

export function stepText({ check, since }: ChangedCheck, catalogue: Catalogue): string {
  const step = `${check}@${since}`;
  return EXPLAINED_STEPS.has(step)
    ? catalogue.sayAny(`admit.step.${step}`)
    : catalogue.say("admit.since", { minor: since });
}
