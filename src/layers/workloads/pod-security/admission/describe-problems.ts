// One line about an object that cannot be decoded.

import { formatPath } from "../../../../kubernetes/path.ts";
import type { ShapeProblem } from "../../../../kubernetes/shape.ts";

/** `spec.hostPID: expected boolean, found string`, problems joined with `; `. */
export function describeProblems(problems: readonly ShapeProblem[]): string {
  return problems
    .map(({ path, expected, found }) => `${formatPath(path)}: expected ${expected}, found ${found}`)
    .join("; ");
}
