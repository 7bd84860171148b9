// Rows under each other: every column on one line where it fits, a value all rows share said once, else two lines a row.

import { displayWidth, padEnd } from "./display-width.ts";
import type { Row } from "./rows.ts";
import type { Style } from "./style.ts";
import { truncate, wrap } from "./wrap.ts";

const INDENT = "      ";
const GAP = 2;
const NARROWEST_VALUE = 20;

/** The lines of a table, none wider than `width` unless a name is. */
export function tableLines(rows: readonly Row[], width: number, style: Style): readonly string[] {
  const widest = (text: (row: Row) => string): number => Math.max(0, ...rows.map((row) => displayWidth(text(row))));
  const columns = {
    resource: widest(({ resource }) => resource),
    kind: widest(({ kind }) => kind),
    place: widest(({ place }) => place),
    value: widest(({ value }) => value),
  };
  const withoutValue = INDENT.length + columns.resource + GAP + columns.kind + GAP + columns.place;
  const shared = rows.length > 1 && rows.every(({ value }) => value === rows[0]?.value) ? (rows[0]?.value ?? "") : "";
  const hasRoom = withoutValue + GAP + columns.value <= width;
  if (hasRoom || (shared !== "" && withoutValue <= width)) {
    const line = ({ resource, kind, place, value }: Row): string =>
      join([
        padEnd(resource, columns.resource),
        padEnd(kind, columns.kind),
        padEnd(place, columns.place),
        hasRoom ? value : "",
      ]);
    return [
      ...(hasRoom ? [] : wrap(shared, width - 4).map((text) => `    ${text}`)),
      ...rows.flatMap((row) => [`${INDENT}${line(row)}`, ...chainLines(row, width, style)]),
    ];
  }
  const placeWidth = columns.place + NARROWEST_VALUE + INDENT.length + 2 + GAP > width ? 0 : columns.place;
  return rows.flatMap((row) => [
    `${INDENT}${join([padEnd(row.resource, columns.resource), row.kind])}`,
    ...wrapUnder(row, placeWidth, width),
    ...chainLines(row, width, style),
  ]);
}

/** Place and value on the second line of a row; on two where even that is too wide. */
function wrapUnder({ place, value }: Row, placeWidth: number, width: number): readonly string[] {
  const left = `${INDENT}  `;
  const line = `${left}${join([padEnd(place, placeWidth), value])}`;
  if (displayWidth(line) <= width || place === "" || value === "")
    return place + value === "" ? [] : [truncate(line, width)];
  const room = width - left.length - Math.max(placeWidth, displayWidth(place)) - GAP;
  if (room >= NARROWEST_VALUE) return [`${left}${join([padEnd(place, placeWidth), truncate(value, room)])}`];
  return [`${left}${place}`, truncate(`${left}${value}`, width)];
}

function chainLines({ chain }: Row, width: number, style: Style): readonly string[] {
  return chain.map((link) => style.dim(truncate(`${INDENT}  → ${link}`, width)));
}

function join(cells: readonly string[]): string {
  return cells
    .filter((cell) => cell !== "")
    .join(" ".repeat(GAP))
    .trimEnd();
}
