// `network map --exposure` in words: equal exposures together, with the workloads that have them.

import { selectorText } from "../../layers/network/policy-reach.ts";
import { exposureEntries, type ExposureEntry } from "../../layers/network/questions/exposure-json.ts";
import type { Network } from "../../layers/network/network.ts";
import type { Catalogue } from "../catalogue.ts";
import { codeSpan } from "../markdown-text.ts";
import { printable } from "../printable.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { row } from "./csv-row.ts";
import { plainPorts, portsText } from "./ports-text.ts";

const MOST_WORKLOADS = 12;

interface ExposureLine {
  readonly text: string;
  readonly ports: string;
  readonly workloads: string[];
}

function linesOf(network: Network, catalogue: Catalogue): readonly ExposureLine[] {
  const lines = new Map<string, ExposureLine>();
  for (const entry of exposureEntries(network)) {
    const text = peerText(entry, catalogue);
    const ports = portsText(entry.ports, catalogue);
    const key = JSON.stringify([text, ports]);
    const known = lines.get(key);
    if (known === undefined) lines.set(key, { text, ports, workloads: [entry.workload] });
    else known.workloads.push(entry.workload);
  }
  return [...lines.values()];
}

function peerText(entry: ExposureEntry, { say }: Catalogue): string {
  const { direction, peer, namespace, policy } = entry;
  if (peer === "any-pod") return say(`network.exposure-${direction}-any`);
  const values = {
    peer: printable(selectorsText(entry)),
    policy: printable(policy?.name ?? ""),
    place: placeText(policy),
  };
  return say(`network.exposure-${direction}-${namespace === undefined ? "namespaces" : "own"}`, values);
}

function selectorsText({ namespace, namespaceSelector, podSelector }: ExposureEntry): string {
  const pods = selectorText(podSelector ?? {});
  return namespaceSelector === undefined
    ? `${namespace ?? ""}: ${pods}`
    : `${selectorText(namespaceSelector)}: ${pods}`;
}

function placeText(policy: ExposureEntry["policy"]): string {
  return policy?.file === undefined ? "" : printable(`${policy.file}:${policy.line ?? 1}`);
}

export function* exposureText(
  network: Network,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const lines = linesOf(network, catalogue);
  yield `\n${style.bold(catalogue.say("network.exposure-head"))}\n`;
  if (lines.length === 0) yield `  ${catalogue.say("network.exposure-none")}\n`;
  for (const { text, ports, workloads } of lines) {
    for (const [index, line] of wrap(`${text}  ${ports}`, width - 4).entries())
      yield `${index === 0 ? "  " : "    "}${line}\n`;
    const shown = workloads.slice(0, MOST_WORKLOADS).map(printable).join(", ");
    const more = workloads.length - MOST_WORKLOADS;
    const list = more > 0 ? catalogue.say("network.more-targets", { list: shown, count: more }) : shown;
    for (const line of wrap(list, width - 6)) yield `      ${style.dim(line)}\n`;
  }
}

export function* exposureMarkdown(network: Network, catalogue: Catalogue): Generator<string> {
  const { say } = catalogue;
  yield `\n**${say("network.exposure-head")}**\n\n`;
  const lines = linesOf(network, catalogue);
  if (lines.length === 0) yield `${say("network.exposure-none")}\n`;
  for (const { text, ports, workloads } of lines)
    yield `- ${codeSpan(`${text}  ${ports}`)}: ${workloads.map(codeSpan).join(", ")}\n`;
}

/** Rows like those of the map: the peer in words stands where a name would. */
/** `hasRules`: the rows have that column. */
export function* exposureCsv(network: Network, hasRules: boolean): Generator<string> {
  for (const entry of exposureEntries(network)) {
    const peer = entry.peer === "any-pod" ? "any pod" : `pods to come ${selectorsText(entry)}`;
    const [from, to] = entry.direction === "ingress" ? [peer, entry.workload] : [entry.workload, peer];
    yield row(["exposed", from, to, plainPorts(entry.ports), "", ...(hasRules ? [""] : [])]);
  }
}
