// Just enough of tar (POSIX ustar) to read an oracle's archive in memory.

/** Regular files of an archive by path. */
export function filesOfTar(archive: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const text = (from: number, length: number): string =>
    archive.toString("utf8", from, from + length).replace(/\0[^]*$/, "");
  let longName = "";
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const kind = text(at + 156, 1);
    const prefix = text(at + 345, 155);
    const name = longName || (prefix === "" ? "" : `${prefix}/`) + text(at, 100);
    const content = archive.toString("utf8", at + 512, at + 512 + size);
    longName =
      kind === "L" ? content.replace(/\0[^]*$/, "") : kind === "x" ? (/ path=(.*)\n/.exec(content)?.[1] ?? "") : "";
    if (kind === "0" || kind === "") files.set(name.replace(/^\.\//, ""), content);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
