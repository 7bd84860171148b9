// A settings file that was merely found, in a repository somebody else wrote, may have reports written where it stands
// and nowhere else.

import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Position } from "../../cluster/resource.ts";
import type { Streams } from "../streams.ts";
import { UsageError } from "../usage-error.ts";

/** @param outputs values of `-o`, with files relative to the user's folder */
export function checkOutputs(
  outputs: unknown,
  folder: string,
  { directory }: Pick<Streams, "directory">,
  place: Position | undefined,
): void {
  for (const output of Array.isArray(outputs) ? outputs.map(String) : []) {
    const equals = output.indexOf("=");
    const name = equals === -1 ? "-" : output.slice(equals + 1);
    if (name === "-" || isInside(resolve(directory, name), folder)) continue;
    throw new UsageError("error.output-outside", { value: name }).at(place);
  }
}

/** By real paths, so that a link in the repository leads nowhere else either; never into Git's own files. */
function isInside(file: string, folder: string): boolean {
  let parent = dirname(file);
  while (!existsSync(parent)) parent = dirname(parent);
  const from = relative(realpathSync(folder), join(realpathSync(parent), relative(parent, file)));
  return !isAbsolute(from) && !from.split(sep).some((part) => part === ".." || part.toLowerCase() === ".git");
}
