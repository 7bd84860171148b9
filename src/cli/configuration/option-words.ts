// The words each flag takes, for the configuration's checks and for shell completion: one list for both.

import { RULES } from "../../controls/registry.generated.ts";
import { RESPECTED_TOOLS } from "../../controls/respect/respected-tool.ts";
import { frameworkNames, FRAMEWORKS } from "../../controls/frameworks/frameworks.ts";
import { namesOf } from "../../controls/selection.ts";
import {
  NEWEST_KNOWN_MINOR,
  OLDEST_SUPPORTED_MINOR,
  parseKubernetesMinor,
} from "../../kubernetes/kubernetes-version.ts";
import { POLICY_LEVELS } from "../../layers/workloads/pod-security/policy-level.ts";
import { LANGUAGES, LAYERS } from "../../verdicts/rule.ts";
import { SEVERITIES } from "../../verdicts/severity.ts";
import { FORMATS } from "../formats.ts";
import { COLOR_MODES } from "../text-options.ts";

export interface OptionWords {
  /** To be offered. */
  readonly offered: readonly string[];
  /** Whether a value will be understood; more than what is offered may be. */
  readonly isKnown: (value: string) => boolean;
}

function exactly(words: readonly string[]): OptionWords {
  const known = new Set(words);
  return { offered: words, isKnown: (value) => known.has(value) };
}

function inAnyCase(words: readonly string[], others: readonly string[] = []): OptionWords {
  const known = new Set([...words, ...others].map((word) => word.toLowerCase()));
  return { offered: words, isKnown: (value) => known.has(value.toLowerCase()) };
}

/** By the long name of the flag; flags whose values are free are not in it. */
export function optionWords(): ReadonlyMap<string, OptionWords> {
  const formats = exactly(Object.keys(FORMATS));
  const frameworks = FRAMEWORKS.map(({ id }) => id);
  return new Map<string, OptionWords>([
    ["output", { offered: formats.offered, isKnown: (value) => formats.isKnown(value.split("=", 1)[0] ?? "") }],
    ["lang", inAnyCase(LANGUAGES)],
    ["color", exactly(COLOR_MODES)],
    ["fail-on", exactly([...SEVERITIES, "none"])],
    ["layer", exactly(LAYERS)],
    [
      "rule",
      inAnyCase(
        RULES.map(({ id }) => id),
        RULES.flatMap(namesOf),
      ),
    ],
    ["framework", { offered: frameworks, isKnown: exactly(frameworkNames()).isKnown }],
    ["severity", exactly(SEVERITIES)],
    ["respect", exactly(Object.keys(RESPECTED_TOOLS))],
    ["level", exactly(POLICY_LEVELS)],
    ["kubernetes-version", versionWords()],
  ]);
}

function versionWords(): OptionWords {
  const minors = Array.from(
    { length: NEWEST_KNOWN_MINOR - OLDEST_SUPPORTED_MINOR + 1 },
    (_, index) => NEWEST_KNOWN_MINOR - index,
  );
  return {
    offered: minors.map((minor) => `1.${minor}`),
    isKnown: (value) => parseKubernetesMinor(value) !== undefined,
  };
}
