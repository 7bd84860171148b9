// Which resources are judged: by namespace and kind. Others are still read, since relations may need them.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Resource } from "../cluster/resource.ts";

export interface ScopeSelection {
  readonly includeNamespaces: readonly string[];
  readonly excludeNamespaces: readonly string[];
  readonly kinds: readonly string[];
}

export interface Scope {
  /** The selection alone; {@link isInScope} also remembers what there is. */
  readonly isSelected: (id: Pick<ResourceId, "kind" | "namespace" | "name">) => boolean;
  readonly isInScope: (resource: Resource) => boolean;
  /** After everything was read: the first selected name that no object has, with the names there are. */
  readonly unmatched: () =>
    | { readonly option: "namespace" | "kind"; readonly value: string; readonly candidates: readonly string[] }
    | undefined;
}

/** Cluster-scoped resources stay in scope unless kinds are selected. Kinds match in any case. */
export function createScope({ includeNamespaces, excludeNamespaces, kinds }: ScopeSelection): Scope {
  const included = new Set(includeNamespaces);
  const excluded = new Set(excludeNamespaces);
  const wantedKinds = new Set(kinds.map((kind) => kind.toLowerCase()));
  const seenNamespaces = new Set<string>();
  const seenKinds = new Set<string>();
  const isSelected: Scope["isSelected"] = ({ kind, namespace, name }) => {
    if (wantedKinds.size > 0 && !wantedKinds.has(kind.toLowerCase())) return false;
    const home = kind === "Namespace" ? name : namespace;
    return home === "" || ((included.size === 0 || included.has(home)) && !excluded.has(home));
  };
  return {
    isSelected,
    isInScope: ({ id }) => {
      const home = id.kind === "Namespace" ? id.name : id.namespace;
      if (home !== "") seenNamespaces.add(home);
      seenKinds.add(id.kind);
      return isSelected(id);
    },
    unmatched: () => {
      const lowerKinds = new Set([...seenKinds].map((kind) => kind.toLowerCase()));
      const kind = kinds.find((value) => !lowerKinds.has(value.toLowerCase()));
      if (kind !== undefined) return { option: "kind", value: kind, candidates: [...seenKinds] };
      const namespace = [...includeNamespaces, ...excludeNamespaces].find((value) => !seenNamespaces.has(value));
      return namespace === undefined
        ? undefined
        : { option: "namespace", value: namespace, candidates: [...seenNamespaces] };
    },
  };
}
