// `network map -o json|csv`: every open pair, streamed, or groups where they are asked for.

import { mapJson as mapParts, type MapConnection, type MapQuestion } from "../../layers/network/questions/map-json.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import { groupMap } from "./map-groups.ts";
import type { MapReport } from "./map-report.ts";
import { noteDocument } from "./note.ts";
import { plainPorts } from "./ports-text.ts";

export function* mapJson(report: MapReport, catalogue: Catalogue): Generator<string> {
  const { network, isGrouped, notes, gaps } = report;
  yield `{"schema":"ringwall.network-map/v1",\n`;
  if (isGrouped) {
    const { groups, links } = groupMap(network);
    const sides = groups.map(({ members, isOutside }, number) => ({
      id: number,
      [isOutside ? "externals" : "workloads"]: members,
    }));
    yield `"groups":[`;
    yield* jsonElements(sides, (side) => side);
    yield `],\n"connections":[`;
    yield* jsonElements(
      links.filter(({ ports }) => ports !== undefined),
      ({ from, to, ports }) => ({ from, to, ports }),
    );
    yield `],\n"depends":[`;
    yield* jsonElements(
      links.filter(({ depends }) => depends !== undefined),
      ({ from, to, depends }) => ({ from, to, ...depends }),
    );
  } else {
    const parts = mapParts(network);
    yield `"workloads":${jsonText(parts.workloads)},\n"externals":${jsonText(parts.externals)},\n"connections":[`;
    yield* jsonElements(parts.connections(), (one) => one);
    yield `],\n"depends":[`;
    yield* jsonElements(parts.depends(), (one) => one);
  }
  yield `],\n"notes":${jsonText(notes.map((note) => noteDocument(note, catalogue)))},\n`;
  yield `"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

export function* mapCsv({ network, gaps }: MapReport): Generator<string> {
  const parts = mapParts(network);
  const of = (verdict: string, { from, to, ports }: MapConnection, on: MapQuestion["on"]): string =>
    row([verdict, from, to, plainPorts(ports), on.join(" ")]);
  yield row(["verdict", "from", "to", "ports", "on"]);
  for (const one of parts.connections()) yield of("allowed", one, []);
  for (const one of parts.depends()) yield of("depends", one, one.on);
  for (const { what, code } of gaps) yield row(["not-evaluated", what, "", "", code]);
}

/** A line of CSV. */
export function row(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** RFC 4180; what a spreadsheet would take for a formula is quoted (OWASP, CSV injection). */
function cell(value: string): string {
  const text = printable(value);
  const guarded = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
