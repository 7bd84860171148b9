// `ringwall scan`: find what is wrong, in all layers.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { compareWith } from "../controls/baseline/compare.ts";
import { askedFrameworks } from "../controls/frameworks/frameworks.ts";
import { judgeFrameworks } from "../controls/frameworks/judge.ts";
import { RULES } from "../controls/registry.generated.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { exitCodeOf } from "../report/exit-code.ts";
import { sortFindings, type Report } from "../report/report.ts";
import type { Rule } from "../verdicts/rule.ts";
import type { Note } from "../verdicts/note.ts";
import { baselineFile, revisionBaseline } from "./comparison.ts";
import { kubernetesText, openInput } from "./cluster/open-input.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import type { Configuration } from "./configuration/configuration.ts";
import { dayOf, evidenceHash, loadExceptions } from "./configuration/load-exceptions.ts";
import { FORMATS } from "./formats.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutput, writeSummary } from "./output.ts";
import { failOnOf, minorOf, placeOfSetting, rulesOf, type ScanFlags } from "./scan-flags.ts";
import { scanOnce, type Scanned } from "./scan-once.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";
import { VERSION } from "./version.ts";

/** Runs the command; returns the exit code. */
export async function scan(arguments_: readonly string[], flags: ScanFlags, streams: Streams): Promise<number> {
  const started = performance.now();
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, flags.all === true || flags.rule.length > 0, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  checkDraft(flags, streams);
  const failOn = failOnOf(flags.failOn);
  const rules = rulesOf(flags);
  const targets = targetsOf(arguments_, flags, streams);
  const earlier = baselineFile(flags, streams);
  const today = dayOf(new Date());
  const exceptions = loadExceptions(flags, { asked: rules, targets, today }, streams);

  if (flags.kubernetesVersion !== undefined) minorOf(flags.kubernetesVersion);
  const input = await openInput(targets, flags, streams, rules);
  const kubernetes = flags.kubernetesVersion ?? input.kubernetesVersion;
  const minor = minorOf(kubernetes);
  const request = { flags, rules, minor, targets, exceptions };
  const scanned = await scanOnce({ ...request, live: input.live }, input.streams);
  checkScope(scanned, flags);
  const baseline = earlier ?? (await revisionBaseline(request, today, streams));
  const result = withoutRules(withSettings(scanned.result, flags.configuration), rules);
  const comparison =
    baseline && compareWith(baseline, result, { rules, targets, isSelected: scanned.scope.isSelected });

  const report: Report = {
    version: VERSION,
    target: { ...input.target, kubernetes: kubernetesText(kubernetes, minor) },
    elapsedMilliseconds: performance.now() - started,
    run: result,
    findings: sortFindings(comparison?.fresh ?? result.findings),
    ...(comparison && { comparison }),
    rules,
    failOn,
    ...(flags.framework.length > 0 && {
      frameworks: judgeFrameworks(askedFrameworks(flags.framework), { ...result, rules: RULES }),
    }),
  };
  for (const output of outputs) {
    const render = await FORMATS[output.format]?.();
    if (render !== undefined) await writeOutput(output, render(report, catalogue, text), streams);
  }
  if (flags.draftExceptions !== undefined) await writeDraft(flags.draftExceptions, report.findings, streams);
  const exit = exitCodeOf(report);
  const findings = report.findings.length;
  await writeSummary(outputs, (files) => catalogue.say("report.written", { findings, files, exit }), streams);
  return exit;
}

function targetsOf(arguments_: readonly string[], flags: ScanFlags, { directory }: Streams): readonly string[] {
  const targets = [...arguments_, ...flags.filename];
  if (targets.length === 0 && flags.changedSince !== undefined) throw new UsageError("error.target-needed", {});
  try {
    checkTargets(targets, directory);
  } catch (error) {
    throw error instanceof UsageError && arguments_.length === 0 ? error.at(placeOfSetting(flags, "filename")) : error;
  }
  return targets;
}

/** An exceptions file holds what people wrote: it is never replaced. */
function checkDraft({ draftExceptions: file }: ScanFlags, { directory }: Streams): void {
  if (file !== undefined && existsSync(resolve(directory, file)))
    throw new UsageError("error.draft-exists", { value: file });
}

async function writeDraft(file: string, findings: Report["findings"], streams: Streams): Promise<void> {
  const { draftExceptions } = await import("../controls/exceptions/draft-exceptions.ts");
  const output = { format: "exceptions", file: resolve(streams.directory, file) };
  await writeOutput(output, draftExceptions(findings, evidenceHash), streams);
}

/** A namespace or kind that nothing has is a mistake, never a clean result. */
function checkScope({ result, scope }: Scanned, flags: ScanFlags): void {
  const unmatched = scope.unmatched();
  if (unmatched === undefined || result.objects === 0) return;
  const { option, value, candidates } = unmatched;
  const settings = option === "kind" ? ["kind"] : ["include-namespace", "exclude-namespace"];
  const place = settings.map((name) => placeOfSetting(flags, name)).find((one) => one !== undefined);
  throw unknownWord(`error.unknown-${option}`, value, candidates).at(place);
}

/** Filters that leave no rule ask nothing: never a clean result. */
function withoutRules(result: Scanned["result"], rules: readonly Rule[]): Scanned["result"] {
  if (rules.length > 0 || result.objects === 0) return result;
  return { ...result, gaps: [...result.gaps, { code: "no-rules", what: "scan", reason: { id: "no-rules" } }] };
}

/** Settings that come from a file are said: a filter that nobody remembers must not be taken for a clean result. */
function withSettings(result: Scanned["result"], configuration: Configuration | undefined): Scanned["result"] {
  if (configuration === undefined || configuration.places.size === 0) return result;
  const { name, places } = configuration;
  const settings = [...places.keys()].join(", ");
  const message = { id: "note.configuration", arguments: { what: name, settings } };
  const note: Note = { code: "configuration", what: name, message, position: { file: name, line: 1, column: 1 } };
  return { ...result, notes: [...result.notes, note] };
}
