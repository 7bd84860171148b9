// `ringwall workloads harden`: namespace labels and security contexts, generated and proved.

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { harden } from "../layers/workloads/harden/harden.ts";
import { parsePolicyLevel, parsePolicyVersion } from "../layers/workloads/pod-security/pod-security.ts";
import type { LevelVersion } from "../layers/workloads/pod-security/admission/admission.ts";
import { catalogueOf, type Catalogue } from "../report/catalogue.ts";
import { componentFiles, hardenedDocuments, patchDocuments } from "../report/harden/harden-documents.ts";
import { hardenJson } from "../report/harden/harden-json.ts";
import { workloadsIn, type HardenReport } from "../report/harden/harden-report.ts";
import { hardenText } from "../report/harden/harden-text.ts";
import type { TextOptions } from "../report/text/text.ts";
import { documentsText } from "./documents-text.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutput, writeSummary, type Output } from "./output.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";
import { readWorkloads, type WorkloadFlags } from "./workloads-input.ts";

export interface HardenFlags extends WorkloadFlags {
  readonly level: string;
  readonly policyVersion: string;
  readonly readOnlyRoot?: true;
}

const FORMATS = ["text", "json", "yaml", "patch", "kustomize"] as const;

/** Exit 0: everything was brought to the level; 1: questions are open; 3: something could not be read. */
export async function workloadsHarden(
  arguments_: readonly string[],
  flags: HardenFlags,
  streams: Streams,
): Promise<number> {
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, FORMATS, streams.directory);
  const isFolderMissing = outputs.some(({ format, file }) => format === "kustomize" && file === undefined);
  if (isFolderMissing) throw new UsageError("error.harden-kustomize-folder", {});
  const policy = policyOf(flags);
  const { namespaces, found, gaps, minor } = await readWorkloads(arguments_, flags, streams);
  const hardened = harden({ namespaces, found, policy, minor, readOnlyRoot: flags.readOnlyRoot === true });
  const report: HardenReport = { namespaces: hardened, policy, gaps };
  for (const output of outputs) await write(output, report, catalogue, text, streams);
  const named = outputs.filter(({ format }) => format !== "kustomize"); // which says itself what it wrote
  if (named.length > 0) await writeSummary(named, (files) => catalogue.say("report.written-to", { files }), streams);
  const open = workloadsIn(hardened, "undecided").length + workloadsIn(hardened, "made").length;
  if (open > 0) return 1;
  return gaps.some(({ isAccepted }) => isAccepted !== true) ? 3 : 0;
}

function policyOf({ level: levelFlag, policyVersion }: HardenFlags): LevelVersion {
  const level = parsePolicyLevel(levelFlag);
  if (level === undefined || level === "privileged")
    throw unknownWord("error.harden-level", levelFlag, ["baseline", "restricted"]);
  const version = parsePolicyVersion(policyVersion);
  if (version === undefined)
    throw new UsageError("error.unknown-policy-version", { value: JSON.stringify(policyVersion) });
  return { level, version };
}

async function write(
  output: Output,
  report: HardenReport,
  catalogue: Catalogue,
  text: TextOptions,
  streams: Streams,
): Promise<void> {
  switch (output.format) {
    case "json":
      return writeOutput(output, hardenJson(report, catalogue), streams);
    case "yaml":
      return writeOutput(output, documentsText(hardenedDocuments(report.namespaces, catalogue)), streams);
    case "patch":
      return writeOutput(output, documentsText(patchDocuments(report.namespaces, catalogue)), streams);
    case "kustomize":
      return writeComponent(output.file ?? "", report, catalogue, streams);
    default:
      return writeOutput(output, hardenText(report, catalogue, text), streams);
  }
}

async function writeComponent(
  folder: string,
  { namespaces }: HardenReport,
  catalogue: Catalogue,
  streams: Streams,
): Promise<void> {
  const files = componentFiles(namespaces, catalogue);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError("error.harden-folder-unwritable", { value: folder, detail });
  }
  // The kustomization comes first in the list and last to the disk: it never names a file that is not there.
  for (const { name, documents } of files.toReversed())
    await writeOutput({ format: "yaml", file: join(resolve(folder), name) }, documentsText(documents), streams);
  const written = catalogue.say("harden.file.component", { folder, count: files.length });
  await writeChunks(streams.stderr, [`${written}\n`]);
}
