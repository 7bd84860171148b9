// A strict reader of RFC 4180: rows of cells. Throws on a stray quote, a lone line feed or rows of unequal length.

export function readCsv(source: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < source.length) {
    const at = cell.lastIndex;
    const match = cell.exec(source);
    if (match === null) throw new Error(`no cell at ${at}: ${JSON.stringify(source.slice(at, at + 60))}`);
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n" && cell.lastIndex < source.length) rows.push([]);
  }
  const [header = [], ...body] = rows;
  return body.map((cells) => {
    if (cells.length !== header.length) throw new Error(`${cells.length} cells under ${header.length} columns`);
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]));
  });
}
