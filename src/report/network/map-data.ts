// `network map -o json|csv`: every open pair, streamed, or groups where they are asked for.

import { mapJson as mapParts, type MapConnection, type MapQuestion } from "../../layers/network/questions/map-json.ts";
import { exposureEntries } from "../../layers/network/questions/exposure-json.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { chainLines, placedText } from "./chain-text.ts";
import { groupMap } from "./map-groups.ts";
import { row } from "./csv-row.ts";
import { exposureCsv } from "./exposure.ts";
import type { MapReport } from "./map-report.ts";
import { noteDocument } from "./note.ts";
import { plainPorts } from "./ports-text.ts";

export function* mapJson(report: MapReport, catalogue: Catalogue): Generator<string> {
  const { network, isGrouped, hasExposure, hasRules, notes, gaps } = report;
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
    const parts = mapParts(network, hasRules);
    yield `"workloads":${jsonText(parts.workloads)},\n"externals":${jsonText(parts.externals)},\n"connections":[`;
    yield* jsonElements(parts.connections(), (one) => one);
    yield `],\n"depends":[`;
    yield* jsonElements(parts.depends(), (one) => one);
  }
  if (hasExposure) {
    yield `],\n"exposure":[`;
    yield* jsonElements(exposureEntries(network), (one) => one);
  }
  yield `],\n"notes":${jsonText(notes.map((note) => noteDocument(note, catalogue)))},\n`;
  yield `"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

export function* mapCsv(report: MapReport, catalogue: Catalogue): Generator<string> {
  const { network, hasExposure, hasRules, gaps } = report;
  const parts = mapParts(network, hasRules);
  const rows = (verdict: string, one: MapConnection, on: MapQuestion["on"]): string => {
    const cells = [verdict, one.from, one.to, plainPorts(one.ports), on.join(" ")];
    return row(hasRules ? [...cells, rulesText(one, catalogue)] : cells);
  };
  yield row(["verdict", "from", "to", "ports", "on", ...(hasRules ? ["rules"] : [])]);
  for (const one of parts.connections()) yield rows("allowed", one, []);
  for (const one of parts.depends()) yield rows("depends", one, one.on);
  if (hasExposure) yield* exposureCsv(network, hasRules);
  for (const { what, code } of gaps) yield row(["not-evaluated", what, "", "", code, ...(hasRules ? [""] : [])]);
}

function rulesText({ from, to, ports, by = [] }: MapConnection, catalogue: Catalogue): string {
  return chainLines(by, { from, to, ports: plainPorts(ports) }, catalogue)
    .map(placedText)
    .join("; ");
}
