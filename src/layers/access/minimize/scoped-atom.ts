// A right as a role would hold it: one verb on one resource or path, and where.

import { combinedResource, type Action } from "../action.ts";
import type { RuleAtom } from "../cover.ts";

export interface ScopedAtom {
  /** Where it has to be bound; empty for the whole cluster. */
  readonly namespace: string;
  readonly rule: RuleAtom;
}

const NONE: readonly string[] = [];

/**
 * The least right that allows an action. A Namespace is read by name through a ClusterRole: a binding inside it would
 * have to be made after it, and go with it.
 */
export function atomOf(action: Action): ScopedAtom {
  if (action.kind === "path") {
    const rule = { verbs: [action.verb], apiGroups: NONE, resources: NONE, resourceNames: NONE };
    return { namespace: "", rule: { ...rule, nonResourceURLs: [action.path] } };
  }
  const isNamespace = action.resource === "namespaces" && action.apiGroup === "";
  const isEverywhere = isNamespace || action.namespace === "*";
  return {
    namespace: isEverywhere ? "" : action.namespace,
    rule: {
      verbs: [action.verb],
      apiGroups: [action.apiGroup],
      resources: [combinedResource(action)],
      resourceNames: action.name === "" ? NONE : [action.name],
      nonResourceURLs: NONE,
    },
  };
}
