// Labels of namespaces that Pod Security admission reads, and those that only look like them.

import { map, object, string, type TypeOf } from "../../kubernetes/shape.ts";
import { levelLabel, POLICY_MODES, versionLabel } from "./pod-security/admission/policy.ts";
import { misspelled } from "./references/similar-names.ts";
import { isSystemNamespace } from "./references/well-known.ts";

export const ENFORCE: string = levelLabel("enforce");

const DOMAIN = ENFORCE.slice(0, ENFORCE.indexOf("/") + 1);
const KNOWN: readonly string[] = POLICY_MODES.flatMap((mode) => [levelLabel(mode), versionLabel(mode)]);

export const namespaceShape = object({ metadata: object({ name: string, labels: map(string) }) });

/** Whether its pods are its users', not the cluster's own. */
export function isJudgedNamespace({ metadata }: TypeOf<typeof namespaceShape>): boolean {
  return !isSystemNamespace(metadata?.name ?? "");
}

/** Labels of the domain, or near it, that admission does not read, with what was meant; empty where nothing is near. */
export function misspelledLabels(labels: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.keys(labels)
    .filter((label) => !KNOWN.includes(label))
    .flatMap((label) => {
      const isOfDomain = label.startsWith(DOMAIN);
      const meant = isOfDomain || label.includes("pod-security") ? misspelled(label, KNOWN)[0] : undefined;
      return isOfDomain || meant !== undefined ? [[label, meant ?? ""] as const] : [];
    });
}
