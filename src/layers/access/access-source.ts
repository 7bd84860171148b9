// Where an object of the engine came from, as commands and rules need it: a way to its places in a file.

import type { Locator, Position } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { LocateFact } from "./questions/grant-document.ts";
import type { ResourceReference } from "./resource-reference.ts";

export interface AccessSource {
  readonly locate: Locator;
}

/** Where a path of an object stands. */
export function positionOf({ source }: ResourceReference<AccessSource>, path: Path): Position | undefined {
  return source.locate(path);
}

/** `file:line`, as chains in documents say it. */
export const locateFact: LocateFact<AccessSource> = (resource, path) => {
  const position = positionOf(resource, path);
  return position === undefined ? undefined : `${position.file}:${position.line}`;
};
