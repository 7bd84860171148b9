// `network map`: for each group of workloads where its traffic may go, equal ports together.

import { gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { groupMap, type GroupedMap, type MapGroup } from "./map-groups.ts";
import { edgeText, groupName, type MapReport } from "./map-report.ts";
import { noteText } from "./note.ts";

const WIDEST_PORTS = 40;
const MOST_MEMBERS = 12;

export function* mapText(report: MapReport, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const map = groupMap(report.network);
  const { say } = catalogue;
  if (map.workloads === 0) yield `${say("network.nothing-read")}\n`;
  else yield `${style.bold(say("network.map-head", { workloads: map.workloads, pairs: map.pairs }))}\n`;
  const rows = map.groups.map((group, number) => ({ group, lines: linesOf(map, number, catalogue) }));
  const widest = Math.min(
    WIDEST_PORTS,
    Math.max(0, ...rows.flatMap(({ lines }) => lines.map(([ports]) => displayWidth(ports)))),
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

/** Ports, and everything reached on them. */
function linesOf(map: GroupedMap, number: number, catalogue: Catalogue): readonly (readonly [string, string])[] {
  const byPorts = new Map<string, string[]>();
  for (const edge of map.edges) {
    const target = map.groups[edge.to];
    if (edge.from !== number || target === undefined) continue;
    if (edge.to === number && target.members.length === 1 && map.groups[number]?.isOutside === true) continue;
    const ports = edgeText(edge, catalogue);
    const name =
      edge.to === number && target.members.length > 1 ? catalogue.say("network.itself") : groupName(target, catalogue);
    const targets = byPorts.get(ports);
    if (targets === undefined) byPorts.set(ports, [name]);
    else targets.push(name);
  }
  return [...byPorts].map(([ports, targets]) => [ports, targets.join(", ")] as const);
}
