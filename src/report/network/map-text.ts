// `network map`: for each group of workloads where its traffic may go, equal ports together.

import { gapLines } from "../access/gap-lines.ts";
import type { Network } from "../../layers/network/network.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { exposureText } from "./exposure.ts";
import { groupMap, linksBySource, type GroupedMap, type GroupLink, type MapGroup } from "./map-groups.ts";
import { edgeText, groupName, type MapReport } from "./map-report.ts";
import { summarize } from "./map-summary.ts";
import { noteText } from "./note.ts";

const WIDEST_PORTS = 40;
const MOST_MEMBERS = 12;
/** Past this many targets in all, nobody reads them one by one. */
const MOST_ENTRIES = 400;

type Line = readonly [ports: string, targets: string];

export function* mapText(report: MapReport, catalogue: Catalogue, options: TextOptions): Generator<string> {
  const { width, style, isAll } = options;
  const map = groupMap(report.network);
  const { say } = catalogue;
  yield `${style.bold(headOf(map, catalogue))}\n`;
  const entries = map.links.reduce((sum, { from, to }) => sum + from.length * Math.min(to.length, MOST_TARGETS), 0);
  if (isAll || entries <= MOST_ENTRIES) yield* groupLines(map, catalogue, options);
  else {
    const count = map.groups.filter(({ isOutside }) => !isOutside).length;
    for (const line of wrap(say("network.map-too-many", { groups: count }), width)) yield `${line}\n`;
    yield* namespaceLines(report, map, catalogue, options);
  }
  if (report.hasExposure) yield* exposureText(report.network, catalogue, options);
  for (const note of report.notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
  yield* gapLines(report.gaps, catalogue, style);
}

/** How many workloads there are, and open pairs of them. */
export function mapSummary(network: Network, catalogue: Catalogue): string {
  return headOf(groupMap(network), catalogue);
}

function headOf({ workloads, pairs }: GroupedMap, { say }: Catalogue): string {
  return workloads === 0 ? say("network.nothing-read") : say("network.map-head", { workloads, pairs });
}

function* groupLines(map: GroupedMap, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const links = linksBySource(map);
  const rows = map.groups.map((group, number) => ({
    group,
    lines: linesOf(map, number, links[number] ?? [], catalogue),
  }));
  const widest = widestPorts(rows.map(({ lines }) => lines));
  for (const { group, lines } of rows) {
    if (group.isOutside && lines.length === 0) continue;
    yield `\n${style.bold(groupName(group, catalogue))}\n`;
    if (!group.isOutside && group.members.length > 1)
      for (const line of wrap(membersText(group), width - 2)) yield `  ${style.dim(line)}\n`;
    if (lines.length === 0) yield `  ${catalogue.say("network.map-closed")}\n`;
    for (const line of lines) yield* targetLines(line, widest, width);
  }
}

function* namespaceLines(
  { network }: MapReport,
  map: GroupedMap,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const { say } = catalogue;
  const { blocks, more } = summarize(network, map, catalogue);
  const widest = widestPorts(blocks.map(({ lines }) => lines));
  for (const block of blocks) {
    yield `\n${style.bold(block.head)}\n`;
    if (block.lines.length === 0) yield `  ${say("network.map-closed")}\n`;
    for (const line of block.lines) yield* targetLines(line, widest, width);
    if (block.more > 0) yield `  ${style.dim(say("network.map-more-lines", { count: block.more }))}\n`;
  }
  if (more > 0) yield `\n${style.dim(say("network.map-more-namespaces", { count: more }))}\n`;
}

function widestPorts(rows: readonly (readonly Line[])[]): number {
  let widest = 0;
  for (const lines of rows) for (const [ports] of lines) widest = Math.max(widest, displayWidth(ports));
  return Math.min(WIDEST_PORTS, widest);
}

function* targetLines([ports, targets]: Line, widest: number, width: number): Generator<string> {
  const indent = " ".repeat(widest + 6);
  const head = padEnd(`  → ${ports}`, widest + 6);
  const texts = wrap(targets, Math.max(20, width - widest - 6));
  if (displayWidth(ports) > widest) {
    yield `${head}\n`;
    for (const line of texts) yield `${indent}${line}\n`;
  } else for (const [index, line] of texts.entries()) yield `${index === 0 ? head : indent}${line}\n`;
}

function membersText({ members }: MapGroup): string {
  const shown = members.slice(0, MOST_MEMBERS).map(printable).join(", ");
  return members.length > MOST_MEMBERS ? `${shown}, …` : shown;
}

const MOST_TARGETS = 24;

/** Ports, and what is reached on them; of very many, the first. */
function linesOf(map: GroupedMap, number: number, links: readonly GroupLink[], catalogue: Catalogue): readonly Line[] {
  const byPorts = new Map<string, { readonly names: string[]; count: number }>();
  for (const link of links) {
    const ports = edgeText(link, catalogue);
    let targets = byPorts.get(ports);
    if (targets === undefined) byPorts.set(ports, (targets = { names: [], count: 0 }));
    targets.count += link.to.length;
    for (const to of link.to.slice(0, MOST_TARGETS - targets.names.length)) {
      const target = map.groups[to];
      if (target === undefined) continue;
      const isOwn = to === number && target.members.length > 1;
      targets.names.push(isOwn ? catalogue.say("network.itself") : groupName(target, catalogue));
    }
  }
  return [...byPorts].map(([ports, { names, count }]) => {
    const list = names.join(", ");
    const more = count - names.length;
    return [ports, more === 0 ? list : catalogue.say("network.more-targets", { list, count: more })] as const;
  });
}
