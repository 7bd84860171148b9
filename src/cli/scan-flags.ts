// The flags of `scan`, and what they select.

import type { Position } from "../cluster/resource.ts";
import { RULES } from "../controls/registry.generated.ts";
import { selectRules } from "../controls/selection.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor, type KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { Rule } from "../verdicts/rule.ts";
import { SEVERITIES, type Severity } from "../verdicts/severity.ts";
import type { ClusterFlags } from "./cluster/options.ts";
import type { ConfigurableFlags } from "./configuration/configuration.ts";
import type { RenderFlags } from "./rendering/render-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";

export interface ScanFlags extends ConfigurableFlags, RenderFlags, ClusterFlags {
  readonly output: readonly string[];
  readonly lang?: string;
  readonly color: string;
  readonly all?: true;
  readonly failOn: string;
  readonly layer: readonly string[];
  readonly rule: readonly string[];
  readonly framework: readonly string[];
  readonly severity: readonly string[];
  readonly includeNamespace: readonly string[];
  readonly excludeNamespace: readonly string[];
  readonly kind: readonly string[];
  readonly exclude: readonly string[];
  readonly kubernetesVersion?: string;
  readonly filename: readonly string[];
  readonly exceptions?: string | false;
  readonly draftExceptions?: string;
  readonly respect: readonly string[];
  readonly baseline?: string;
  readonly changedSince?: string;
}

export function rulesOf(flags: ScanFlags): readonly Rule[] {
  const { layer: layers, rule: rules, framework: frameworks, severity: severities } = flags;
  const selected = selectRules(RULES, { layers, rules, frameworks, severities });
  if (!selected.ok) throw unknownWord(`error.unknown-${selected.option}`, selected.value, selected.candidates);
  return selected.rules;
}

/** The minor to judge for: the flag's, else the newest known. */
export function minorOf(flag: string | undefined): KubernetesMinor {
  if (flag === undefined) return NEWEST_KNOWN_MINOR;
  const minor = parseKubernetesMinor(flag);
  if (minor === undefined) throw new UsageError("error.unknown-kubernetes-version", { value: JSON.stringify(flag) });
  return minor;
}

export function failOnOf(flag: string): Severity | "none" {
  const words = [...SEVERITIES, "none"] as const;
  const word = words.find((candidate) => candidate === flag);
  if (word === undefined) throw unknownWord("error.unknown-severity", flag, words);
  return word;
}

/** Where a setting stands in the configuration; `undefined` when it came from the command line. */
export function placeOfSetting({ configuration }: ConfigurableFlags, name: string): Position | undefined {
  return configuration?.places.get(name);
}
