// A gap that the user accepts: what cannot be looked at, why that is all right, who says so, and until when.

import type { Position } from "../../cluster/resource.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { matchesGlob } from "./glob.ts";

export interface AcceptedGap {
  /** Gap codes; empty for all. */
  readonly codes: readonly string[];
  /** Kinds of the objects not evaluated; empty for all. */
  readonly kinds: readonly string[];
  /** Files or directories, relative to the exceptions file, `*` for any characters; empty for all. */
  readonly paths: readonly string[];
  readonly reason: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly position?: Position;
}

/** An input without any object is never acceptable: nothing would have been looked at. */
const NEVER_ACCEPTED = new Set(["no-objects"]);

/** @param fileOf turns a file's name in the report into a path relative to the exceptions file */
export function accepts({ codes, kinds, paths }: AcceptedGap, gap: Gap, fileOf: (name: string) => string): boolean {
  if (NEVER_ACCEPTED.has(gap.code)) return false;
  if (codes.length > 0 && !codes.includes(gap.code)) return false;
  const kind = gap.resource?.kind.toLowerCase();
  if (kinds.length > 0 && !kinds.some((one) => one.toLowerCase() === kind)) return false;
  const file = fileOf(gap.position?.file ?? gap.what);
  return paths.length === 0 || paths.some((path) => isInPath(path.replace(/^\.\//, "").replace(/\/+$/, ""), file));
}

function isInPath(pattern: string, file: string): boolean {
  return pattern === "." || matchesGlob(pattern, file) || matchesGlob(`${pattern}/*`, file);
}
