// Which levels bind a namespace: its labels over the cluster's defaults (pod-security-admission/api/helpers.go).

import type { ObjectMeta } from "../../../../kubernetes/object.ts";
import { compareLevels, parsePolicyLevel, POLICY_LEVELS, type PolicyLevel } from "../policy-level.ts";
import { formatPolicyVersion, parsePolicyVersion, type PolicyVersion } from "../policy-version.ts";
import type { LabelError } from "./label-error.ts";

export interface LevelVersion {
  readonly level: PolicyLevel;
  readonly version: PolicyVersion;
}

/** What is refused, what is only audited, and what is only warned about. */
export interface PodSecurityPolicy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

export const POLICY_MODES = ["enforce", "audit", "warn"] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

export type Labels = NonNullable<ObjectMeta["labels"]>;

export interface PolicyFromLabels {
  readonly policy: PodSecurityPolicy;
  readonly errors: readonly LabelError[];
}

const PRIVILEGED: LevelVersion = { level: "privileged", version: "latest" };

/** What holds where neither the cluster's configuration nor a label says anything. */
export const PRIVILEGED_POLICY: PodSecurityPolicy = { enforce: PRIVILEGED, audit: PRIVILEGED, warn: PRIVILEGED };

export function levelLabel(mode: PolicyMode): string {
  return `pod-security.kubernetes.io/${mode}`;
}

export function versionLabel(mode: PolicyMode): string {
  return `pod-security.kubernetes.io/${mode}-version`;
}

/** Whether a mode's level or version label is present. */
export function setsMode(labels: Labels | null | undefined, mode: PolicyMode): boolean {
  return labelOf(labels, levelLabel(mode)) !== undefined || labelOf(labels, versionLabel(mode)) !== undefined;
}

/** `level:version`, e.g. `restricted:v1.30`. */
export function formatLevelVersion({ level, version }: LevelVersion): string {
  return `${level}:${formatPolicyVersion(version)}`;
}

export function isSameLevelVersion(a: LevelVersion, b: LevelVersion): boolean {
  return a.level === b.level && a.version === b.version;
}

/** Whether no mode asks for anything. */
export function isFullyPrivileged(policy: PodSecurityPolicy): boolean {
  return POLICY_MODES.every((mode) => policy[mode].level === "privileged");
}

/** Whether two policies ask for the same; versions of privileged do not matter. */
export function isEquivalentPolicy(a: PodSecurityPolicy, b: PodSecurityPolicy): boolean {
  return POLICY_MODES.every(
    (mode) =>
      (a[mode].level === "privileged" && b[mode].level === "privileged") || isSameLevelVersion(a[mode], b[mode]),
  );
}

/**
 * The policy of a namespace with these labels, always usable, and what is wrong with them. A wrong level enforces
 * restricted but audits and warns about nothing; a wrong version is latest. Where only `enforce` is set, and is stricter
 * than the default of `warn`, `warn` follows it.
 *
 * @example
 * podSecurityPolicyOf({ "pod-security.kubernetes.io/enforce": "baseline" }, PRIVILEGED_POLICY).policy.warn
 * // { level: "baseline", version: "latest" }
 */
export function podSecurityPolicyOf(labels: Labels | null | undefined, defaults: PodSecurityPolicy): PolicyFromLabels {
  const errors: LabelError[] = [];
  const enforce = readMode(labels, "enforce", defaults.enforce, errors);
  const audit = readMode(labels, "audit", defaults.audit, errors);
  const warn = readMode(labels, "warn", defaults.warn, errors);
  return { policy: { enforce, audit, warn: inheritedWarn(labels, enforce, warn) }, errors };
}

function readMode(
  labels: Labels | null | undefined,
  mode: PolicyMode,
  fallback: LevelVersion,
  errors: LabelError[],
): LevelVersion {
  const levelText = labelOf(labels, levelLabel(mode));
  const versionText = labelOf(labels, versionLabel(mode));
  return {
    level: levelText === undefined ? fallback.level : readLevel(mode, levelText, errors),
    version: versionText === undefined ? fallback.version : readVersion(mode, versionText, errors),
  };
}

function readLevel(mode: PolicyMode, value: string, errors: LabelError[]): PolicyLevel {
  const level = parsePolicyLevel(value);
  if (level !== undefined) return level;
  errors.push({ label: levelLabel(mode), value, expected: `must be one of ${POLICY_LEVELS.join(", ")}` });
  return mode === "enforce" ? "restricted" : "privileged";
}

function readVersion(mode: PolicyMode, value: string, errors: LabelError[]): PolicyVersion {
  const version = parsePolicyVersion(value);
  if (version !== undefined) return version;
  errors.push({ label: versionLabel(mode), value, expected: 'must be "latest" or "v1.x"' });
  return "latest";
}

function inheritedWarn(labels: Labels | null | undefined, enforce: LevelVersion, warn: LevelVersion): LevelVersion {
  const enforceLevel = parsePolicyLevel(labelOf(labels, levelLabel("enforce")) ?? "");
  const follows =
    enforceLevel !== undefined &&
    labelOf(labels, levelLabel("warn")) === undefined &&
    compareLevels(enforce.level, warn.level) > 0;
  if (!follows) return warn;
  const hasVersion = labelOf(labels, versionLabel("warn")) !== undefined;
  return { level: enforce.level, version: hasVersion ? warn.version : enforce.version };
}

function labelOf(labels: Labels | null | undefined, key: string): string | undefined {
  return labels != null && Object.hasOwn(labels, key) ? (labels[key] ?? "") : undefined;
}
