// A rule in few words, for arguments of messages: the same in every language.

import type { PolicyRule } from "./policy-rule.ts";

/** `get,list secrets`, `* deployments.apps`, `get /metrics`. */
export function rightText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  if (resources.length === 0) return `${verbs.join(",")} ${nonResourceURLs.join(",")}`;
  const suffix = apiGroups.every((group) => group === "") ? "" : `.${apiGroups.join("|")}`;
  const names = resourceNames.length === 0 ? "" : `/${resourceNames.join("|")}`;
  return `${verbs.join(",")} ${resources.join(",")}${suffix}${names}`;
}
