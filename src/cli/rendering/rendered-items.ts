// Rendered text read as manifests are; positions are told in the files the user wrote.

import type { Locator, Position } from "../../cluster/resource.ts";
import { readManifestStream, type SourceItem } from "../../sources/manifests/manifest-source.ts";

/** The file a rendered object comes from, and, where that is known, where a path of it stands in that file. */
export interface Origin {
  readonly file: string;
  readonly locate?: Locator;
}

/**
 * Every value of `text`. A position is the origin's own where it is known; else the whole file (line 1), with the line
 * of the rendered text beside it: a line of one text is never given as a line of another.
 */
export async function* renderedItems(
  text: Buffer,
  originOf: (value: unknown, renderedLine: number) => Origin,
): AsyncGenerator<readonly SourceItem[]> {
  for await (const items of readManifestStream(once(text), "", ".yaml")) {
    yield items.map((item) => {
      if (item.kind === "gap") {
        const { position } = item.gap;
        const { file } = originOf(undefined, position?.line ?? 1);
        const moved = position === undefined ? {} : { position: inFile(file, position) };
        return { ...item, file, gap: { ...item.gap, what: file, ...moved } };
      }
      const origin = originOf(item.value, item.locate([])?.line ?? 1);
      return { ...item, file: origin.file, locate: locatorOf(origin, item.locate) };
    });
  }
}

function locatorOf(origin: Origin, rendered: Locator): Locator {
  return (path) => {
    const known = origin.locate?.(path);
    if (known !== undefined) return known;
    const position = rendered(path);
    return position === undefined ? undefined : inFile(origin.file, position);
  };
}

function inFile(file: string, { line, column }: Position): Position {
  return { file, line: 1, column: 1, rendered: { line, column } };
}

async function* once(text: Buffer): AsyncGenerator<Buffer> {
  yield text;
}
