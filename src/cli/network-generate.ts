// `ringwall network generate`: default deny and the least that is needed, proved before it is printed.

import { generatePolicies, SYSTEM_NAMESPACES, type Generated } from "../layers/network/generate/generate.ts";
import type { PolicyKind } from "../layers/network/generate/generated-policy.ts";
import { giveAddresses, NOTHING_GIVEN, type GivenAddresses } from "../layers/network/generate/known-addresses.ts";
import type { Network } from "../layers/network/network.ts";
import { catalogueOf } from "../report/catalogue.ts";
import { generateJson } from "../report/network-generate/generate-json.ts";
import type { GenerateReport } from "../report/network-generate/generate-report.ts";
import { generateText, generateYaml } from "../report/network-generate/generate-text.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { whileComputing } from "./interrupts.ts";
import { languageOf } from "./language.ts";
import { readNetwork, type NetworkFlags } from "./network-input.ts";
import { readNeeds } from "./network-needs.ts";
import { writeRollout } from "./network-rollout.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { FlowFormat } from "../sources/flows/format-names.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord, UsageError } from "./usage-error.ts";

export interface GenerateFlags extends NetworkFlags {
  readonly flows: readonly string[];
  readonly flowFormat?: FlowFormat;
  readonly declared?: true;
  readonly kind: PolicyKind;
  readonly address: readonly string[];
  readonly isolateSilent?: true;
  readonly rollout?: string;
  readonly includeNamespace: readonly string[];
  readonly excludeNamespace: readonly string[];
}

const FORMATS = { text: generateText, yaml: generateYaml, json: generateJson } as const;

/**
 * Exit 0: proved, and nothing is left to answer; 1: a need has no rule or the proof fails; 3: something could not be
 * read or resolved.
 */
export async function networkGenerate(
  targets: readonly string[],
  flags: GenerateFlags,
  streams: Streams,
): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const addresses = addressesOf(flags.address);
  const { network, resources, gaps, notes } = await readNetwork([...targets, ...flags.filename], flags, streams, [
    "network",
    "workloads",
    "access", // whose accounts have rights at the API server
  ]);
  checkNamespaces(network, flags);
  const asked = await readNeeds(network, resources, flags, streams, addresses);
  const generated = whileComputing(() =>
    generatePolicies({
      network,
      resources,
      needs: asked.needs,
      unresolved: asked.unresolved,
      kind: flags.kind,
      addresses,
      isWanted: (namespace) => isWanted(namespace, flags),
      silent: flags.isolateSilent === true ? "closed" : "as-today",
    }),
  );
  const { unresolved, observed } = asked;
  const report: GenerateReport = { generated, unresolved, observed, notes, gaps: [...gaps, ...asked.gaps] };
  if (flags.rollout !== undefined) await writeRollout(flags.rollout, report, catalogue, streams);
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  return exitOf(report);
}

function exitOf({ generated, unresolved, observed, gaps }: GenerateReport): number {
  if (!isProved(generated) || generated.unmet.length > 0) return 1;
  const isOpen = unresolved.length + (observed?.unresolved.length ?? 0) > 0;
  return isOpen || gaps.some(({ isAccepted }) => isAccepted !== true) || generated.policies.length === 0 ? 3 : 0;
}

function isProved({ connections, necessity }: Generated): boolean {
  return connections.missing.length + connections.extra.length + necessity.unnecessary.length === 0;
}

function addressesOf(texts: readonly string[]): GivenAddresses {
  let given = NOTHING_GIVEN;
  for (const text of texts) {
    const next = giveAddresses(given, text);
    if (next === undefined) throw new UsageError("error.generate-address", { value: JSON.stringify(text) });
    given = next;
  }
  return given;
}

function isWanted(namespace: string, { includeNamespace, excludeNamespace }: GenerateFlags): boolean {
  if (excludeNamespace.includes(namespace)) return false;
  return includeNamespace.length === 0 ? !SYSTEM_NAMESPACES.has(namespace) : includeNamespace.includes(namespace);
}

function checkNamespaces({ world }: Network, { includeNamespace, excludeNamespace }: GenerateFlags): void {
  const names = world.inventory.namespaces;
  const unknown = [...includeNamespace, ...excludeNamespace].find((name) => !names.has(name));
  if (unknown !== undefined) throw unknownWord("error.unknown-namespace", unknown, names.keys());
}
