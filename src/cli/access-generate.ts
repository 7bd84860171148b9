// `ringwall access generate NS/NAME[Kind]`: a service account of a workload's own and its least role.

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { generateAccess } from "../layers/access/generate/generate-access.ts";
import { isPodOf, workloadFacts, workloadName, type WorkloadFacts } from "../layers/access/generate/workload-facts.ts";
import { serviceAccountUser } from "../layers/access/identity.ts";
import type { AuditEvent } from "../layers/access/minimize/audit-event.ts";
import { withDefaults } from "../layers/access/minimize/minimize.ts";
import { generateJson } from "../report/access/generate/generate-json.ts";
import { generateText } from "../report/access/generate/generate-text.ts";
import { accessDocuments, patchDocument } from "../report/access/generate/generate-documents.ts";
import type { GenerateReport } from "../report/access/generate/generate-report.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { readAccess, type AccessInput } from "./access-input.ts";
import { everywhere, hasRights, namesOf, partialGaps, type MinimizeFlags } from "./access-minimize.ts";
import { logFiles, readUsage } from "./audit-usage.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { documentsText } from "./documents-text.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";

export type GenerateFlags = Omit<MinimizeFlags, "subject" | "logOnly">;

const FORMATS = ["text", "json", "yaml", "patch"] as const;
const NOWHERE = { locate: () => undefined };

/** Exit 0: nothing used is lost; 1: something would be; 3: something could not be read, or is left open. */
export async function accessGenerate(
  words: readonly string[],
  flags: GenerateFlags,
  streams: Streams,
): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, FORMATS, streams.directory);
  const [name, ...rest] = words;
  if (name === undefined) throw new UsageError("error.generate-workload-needed", {});
  checkOrder(name, rest, flags, streams.directory);
  const names = namesOf(flags.names);
  const files = logFiles(flags.auditLog, streams);
  const targets = [...rest, ...flags.filename];
  if (targets.includes("-") && flags.auditLog.includes("-")) throw new UsageError("error.minimize-stdin", {});
  const workloads: WorkloadFacts[] = [];
  const accounts = new Map<string, { readonly automount: boolean | undefined }>();
  const input = await readAccess(targets, everywhere(flags), streams, {
    asConnects: true,
    onObject: (object) => {
      const facts = workloadFacts(object, flags.namespace ?? "default");
      if (facts !== undefined) workloads.push(facts);
      if (object.kind === "ServiceAccount" && object.apiVersion === "v1") {
        const { automountServiceAccountToken: automount, metadata } = object;
        const key = `${metadata?.namespace || (flags.namespace ?? "default")}/${metadata?.name ?? ""}`;
        accounts.set(key, { automount: typeof automount === "boolean" ? automount : undefined });
      }
    },
  });
  const workload = find(workloads, name, input.namespace);
  const log = flags.auditLog.length === 0 ? undefined : await readUsage(files, streams, eventsOf(workload));
  const { minor } = input;
  const generated = generateAccess({
    workload,
    workloads,
    accounts,
    usage: log?.evidence === "none" ? undefined : log?.usage,
    evidence: log?.evidence,
    present: presentOf(input),
    options: {
      minor,
      names,
      families: flags.families === true,
      dropUnseen: flags.dropUnseen === true,
      evidence: log === undefined || log.evidence === "none" ? "whole" : log.evidence,
    },
    source: NOWHERE,
  });
  const gaps = [...input.gaps, ...partialGaps(targets, flags), ...(log?.gaps ?? [])];
  const report: GenerateReport = { generated, log, notes: input.notes, gaps };
  const render = (format: string): Iterable<string> => {
    if (format === "yaml") return documentsText(accessDocuments(report, catalogue));
    if (format === "patch") return documentsText([patchDocument(report, catalogue)]);
    return format === "json" ? generateJson(report, catalogue) : generateText(report, catalogue, text);
  };
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  const { proof, needs, isCut } = generated.result;
  if (proof.lost.length > 0) return 1;
  return gaps.length > 0 || needs.unknown.length > 0 || isCut || generated.from.kind === "open" ? 3 : 0;
}

function presentOf(input: AccessInput): AccessInput["access"] | undefined {
  if (!hasRights(input)) return undefined;
  return input.isComplete ? input.access : withDefaults(input.access, input.minor, NOWHERE);
}

/** Events of the workload's account; of one that it shares, only those that its pods, or nobody knows which, made. */
function eventsOf(workload: WorkloadFacts): (event: AuditEvent) => boolean {
  const user = serviceAccountUser(workload.namespace, workload.account);
  return ({ user: asker, requestUri }) => {
    if (asker.username !== user) return requestUri.includes("accessreviews");
    const pod = asker.extra?.["authentication.kubernetes.io/pod-name"]?.[0];
    return pod === undefined || isPodOf(workload, pod);
  };
}

/** A TARGET where the workload belongs is a mistake that is easily made: every other command begins with TARGETs. */
function checkOrder(name: string, [target]: readonly string[], flags: GenerateFlags, directory: string): void {
  const isPath = name === "-" || isThere(name, directory);
  if (target !== undefined) {
    if (isPath && NAME.test(target) && !isThere(target, directory))
      throw new UsageError("error.generate-workload-first", { workload: target, target: name });
    return;
  }
  if (!isPath && !NAME.test(name)) throw new UsageError("error.generate-workload-word", { value: name });
  const isOfCluster = flags.context !== undefined || flags.kubeconfig !== undefined;
  if (!isPath || isOfCluster || flags.filename.length > 0) return;
  const id = WORKLOAD.test(name) ? "error.generate-workload-or-target" : "error.generate-workload-missing";
  throw new UsageError(id, { value: name });
}

function isThere(name: string, directory: string): boolean {
  return statSync(resolve(directory, name), { throwIfNoEntry: false }) !== undefined;
}

/** As names in a cluster are written. */
const WORKLOAD = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/;
const NAME = /^(?:([^/[\]]+)\/)?([^/[\]]+)(?:\[(\w+)\])?$/;

/** `shop/web[Deployment]`, `shop/web`, `web`; what makes pods before the pods it makes. */
function find(workloads: readonly WorkloadFacts[], text: string, defaultNamespace: string): WorkloadFacts {
  const [, namespace = defaultNamespace, name, kind] = NAME.exec(text) ?? [];
  const found = workloads.filter(
    (one) => one.name === name && one.namespace === namespace && (kind === undefined || one.kind === kind),
  );
  const tops = found.some(({ isOwned }) => !isOwned) ? found.filter(({ isOwned }) => !isOwned) : found;
  const [only] = tops;
  const own = workloads.filter(({ isOwned }) => !isOwned);
  const known = [...own.map(workloadName), ...own.map((one) => `${one.namespace}/${one.name}`)];
  if (only === undefined) throw unknownWord("error.generate-workload", text, known);
  if (new Set(tops.map(workloadName)).size > 1)
    throw new UsageError("error.generate-workload-kind", { value: text, list: tops.map(workloadName).join(", ") });
  return tops.at(-1) ?? only;
}
