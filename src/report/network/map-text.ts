// `network map`: for each group of workloads where its traffic may go, equal ports together.

import { gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { groupMap, type GroupedMap, type GroupEdge, type MapGroup } from "./map-groups.ts";
import { edgeText, groupName, type MapReport } from "./map-report.ts";
import { noteText } from "./note.ts";

const WIDEST_PORTS = 40;
const MOST_MEMBERS = 12;

export function* mapText(report: MapReport, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const map = groupMap(report.network);
  const { say } = catalogue;
  if (map.workloads === 0) yield `${say("network.nothing-read")}\n`;
  else yield `${style.bold(say("network.map-head", { workloads: map.workloads, pairs: map.pairs }))}\n`;
  const edges = Map.groupBy(map.edges, ({ from }) => from);
  const rows = map.groups.map((group, number) => ({
    group,
    lines: linesOf(map, number, edges.get(number) ?? [], catalogue),
  }));
  const widest = Math.min(
    WIDEST_PORTS,
    rows.reduce((most, { lines }) => lines.reduce((own, [ports]) => Math.max(own, displayWidth(ports)), most), 0),
  );
  for (const { group, lines } of rows) {
    if (group.isOutside && lines.length === 0) continue;
    yield `\n${style.bold(groupName(group, catalogue))}\n`;
    if (!group.isOutside && group.members.length > 1)
      for (const line of wrap(membersText(group), width - 2)) yield `  ${style.dim(line)}\n`;
    if (lines.length === 0) yield `  ${say("network.map-closed")}\n`;
    for (const [ports, targets] of lines) {
      const indent = " ".repeat(widest + 6);
      const head = padEnd(`  → ${ports}`, widest + 6);
      const texts = wrap(targets, Math.max(20, width - widest - 6));
      if (displayWidth(head) > widest + 6) {
        yield `${head}\n`;
        for (const line of texts) yield `${indent}${line}\n`;
      } else for (const [index, line] of texts.entries()) yield `${index === 0 ? head : indent}${line}\n`;
    }
  }
  for (const note of report.notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
  yield* gapLines(report.gaps, catalogue, style);
}

function membersText({ members }: MapGroup): string {
  const shown = members.slice(0, MOST_MEMBERS).map(printable).join(", ");
  return members.length > MOST_MEMBERS ? `${shown}, …` : shown;
}

const MOST_TARGETS = 24;

/** Ports, and what is reached on them; of very many, the first. */
function linesOf(
  map: GroupedMap,
  number: number,
  edges: readonly GroupEdge[],
  catalogue: Catalogue,
): readonly (readonly [string, string])[] {
  const byPorts = new Map<string, { readonly names: string[]; count: number }>();
  for (const edge of edges) {
    const target = map.groups[edge.to];
    if (target === undefined) continue;
    const ports = edgeText(edge, catalogue);
    let targets = byPorts.get(ports);
    if (targets === undefined) byPorts.set(ports, (targets = { names: [], count: 0 }));
    targets.count++;
    if (targets.names.length >= MOST_TARGETS) continue;
    const isOwn = edge.to === number && target.members.length > 1;
    targets.names.push(isOwn ? catalogue.say("network.itself") : groupName(target, catalogue));
  }
  return [...byPorts].map(([ports, { names, count }]) => {
    const list = names.join(", ");
    const more = count - names.length;
    return [ports, more === 0 ? list : catalogue.say("network.more-targets", { list, count: more })] as const;
  });
}
