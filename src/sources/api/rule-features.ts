// Which features a scan by some rules needs.

import type { Rule } from "../../verdicts/rule.ts";
import { FEATURES, type Feature } from "./scan-kinds.ts";

/** What the layers of these rules need to be read; images and what runs in them are in the workloads. */
export function featuresOf(rules: readonly Pick<Rule, "id">[]): readonly Feature[] {
  const layers = new Set(rules.map(({ id }) => id.slice(0, id.indexOf("/"))));
  if (layers.has("images") || layers.has("runtime")) layers.add("workloads");
  return FEATURES.filter((feature) => layers.has(feature));
}
