// Files that belong to a project are found from any folder inside it: upwards, as far as the Git root.

import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest file of that name in `directory` or above it; never above a Git root, where another project begins. */
export function findUpwards(directory: string, name: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}
