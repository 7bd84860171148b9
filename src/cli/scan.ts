// `ringwall scan`: find what is wrong, in all layers.

import { RULES } from "../controls/registry.generated.ts";
import { createRun } from "../controls/run.ts";
import { createScope } from "../controls/scope.ts";
import { selectRules } from "../controls/selection.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor, type KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { exitCodeOf } from "../report/exit-code.ts";
import { sortFindings, type Report } from "../report/report.ts";
import type { Rule } from "../verdicts/rule.ts";
import { SEVERITIES, type Severity } from "../verdicts/severity.ts";
import { FORMATS } from "./formats.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutput } from "./output.ts";
import { readRun } from "./read-run.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";
import { VERSION } from "./version.ts";

export interface ScanFlags {
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
  readonly namespace?: string;
  readonly kubernetesVersion?: string;
  readonly filename: readonly string[];
}

/** Runs the command; returns the exit code. */
export async function scan(arguments_: readonly string[], flags: ScanFlags, streams: Streams): Promise<number> {
  const started = performance.now();
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const text = textOptionsOf(flags.color, flags.all === true || flags.rule.length > 0, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const failOn = failOnOf(flags.failOn);
  const minor = minorOf(flags.kubernetesVersion);
  const rules = rulesOf(flags);
  const targets = [...arguments_, ...flags.filename];
  if (targets.length === 0) throw new UsageError("error.target-needed", {});
  checkTargets(targets, streams.directory);

  const { includeNamespace: includeNamespaces, excludeNamespace: excludeNamespaces, kind: kinds } = flags;
  const scope = createScope({ includeNamespaces, excludeNamespaces, kinds });
  const run = createRun({ rules, minor, defaultNamespace: flags.namespace ?? "default", isInScope: scope.isInScope });
  const result = await readRun(run, targets, flags, streams);
  const unmatched = scope.unmatched();
  if (unmatched !== undefined && result.objects > 0) {
    throw unknownWord(`error.unknown-${unmatched.option}`, unmatched.value, unmatched.candidates);
  }

  const report: Report = {
    version: VERSION,
    target: { kind: "files", names: targets, kubernetes: `v1.${minor}` },
    elapsedMilliseconds: performance.now() - started,
    run: result,
    findings: sortFindings(result.findings),
    rules,
    failOn,
  };
  for (const output of outputs) {
    const render = await FORMATS[output.format]?.();
    if (render !== undefined) await writeOutput(output, render(report, catalogue, text), streams);
  }
  const exit = exitCodeOf(report);
  if (outputs.every(({ file }) => file !== undefined)) {
    const files = outputs.map(({ file }) => file).join(", ");
    await writeChunks(streams.stdout, [
      `${catalogue.say("report.written", { findings: report.findings.length, files, exit })}\n`,
    ]);
  }
  return exit;
}

function rulesOf(flags: ScanFlags): readonly Rule[] {
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

function failOnOf(flag: string): Severity | "none" {
  const words = [...SEVERITIES, "none"] as const;
  const word = words.find((candidate) => candidate === flag);
  if (word === undefined) throw unknownWord("error.unknown-severity", flag, words);
  return word;
}
