// The rule folders of every layer: what the registry is generated from and what its tests walk.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface RuleFolder {
  readonly layer: string;
  readonly name: string;
  /** Relative to the repository root. */
  readonly path: string;
}

export const REPOSITORY: string = join(import.meta.dirname, "..");

/** Every folder under `src/layers/<layer>/rules/` that holds a `rule.ts`, by layer and name. */
export function ruleFolders(): readonly RuleFolder[] {
  const layers = join(REPOSITORY, "src/layers");
  return readdirSync(layers)
    .sort()
    .flatMap((layer) => {
      const rules = join(layers, layer, "rules");
      if (!existsSync(rules)) return [];
      return readdirSync(rules)
        .sort()
        .filter((name) => existsSync(join(rules, name, "rule.ts")))
        .map((name) => ({ layer, name, path: `src/layers/${layer}/rules/${name}` }));
    });
}
