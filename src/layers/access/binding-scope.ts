// The bindings of one scope (one namespace, or the cluster), found by whom they apply to. A question reads only the
// bindings that name its user or one of its groups, in the order the bindings came in.

import type { Identity } from "./identity.ts";
import type { BindingRecord } from "./rbac-record.ts";
import { whoIsMeant } from "./subject.ts";

export interface BindingScope<S> {
  /** Empty for ClusterRoleBindings. */
  readonly namespace: string;
  readonly bindings: ReadonlyMap<string, BindingRecord<S>>;
  /** Calls `visit` for each binding that applies to the identity, until it returns false; true when it never did. */
  readonly visitApplying: (identity: Identity, visit: BindingVisitor<S>) => boolean;
}

/** `subjectIndex` is that of the first subject that applies. */
export type BindingVisitor<S> = (binding: BindingRecord<S>, subjectIndex: number) => boolean;

/** Makes a scope; its index is built by the first question. */
export function createBindingScope<S>(
  namespace: string,
  bindings: ReadonlyMap<string, BindingRecord<S>>,
): BindingScope<S> {
  let index: ScopeIndex<S> | undefined;
  return {
    namespace,
    bindings,
    visitApplying: (identity, visit) => visitApplying((index ??= buildIndex(namespace, bindings)), identity, visit),
  };
}

/** Pairs of position and subject index, ascending by position, one after the other. */
type Entries = readonly number[];

interface ScopeIndex<S> {
  readonly list: readonly BindingRecord<S>[];
  readonly byUser: ReadonlyMap<string, Entries>;
  readonly byGroup: ReadonlyMap<string, Entries>;
}

function buildIndex<S>(namespace: string, bindings: ReadonlyMap<string, BindingRecord<S>>): ScopeIndex<S> {
  const list = [...bindings.values()];
  const byUser = new Map<string, number[]>();
  const byGroup = new Map<string, number[]>();
  list.forEach((binding, position) => {
    binding.subjects.forEach((subject, subjectIndex) => {
      const meant = whoIsMeant(subject, namespace);
      if (meant === undefined) return;
      const index = meant.kind === "user" ? byUser : byGroup;
      const entries = index.get(meant.name);
      if (entries === undefined) index.set(meant.name, [position, subjectIndex]);
      else if (entries[entries.length - 2] !== position) entries.push(position, subjectIndex);
    });
  });
  return { list, byUser, byGroup };
}

function visitApplying<S>(index: ScopeIndex<S>, { user, groups }: Identity, visit: BindingVisitor<S>): boolean {
  const lists: Entries[] = [];
  const own = index.byUser.get(user);
  if (own !== undefined) lists.push(own);
  for (const group of groups) {
    const entries = index.byGroup.get(group);
    if (entries !== undefined) lists.push(entries);
  }
  const only = lists[0];
  if (only === undefined) return true;
  return lists.length === 1 ? visitOne(index, only, visit) : visitMerged(index, lists, visit);
}

function visitOne<S>(index: ScopeIndex<S>, entries: Entries, visit: BindingVisitor<S>): boolean {
  for (let at = 0; at < entries.length; at += 2) {
    const binding = index.list[entries[at] as number] as BindingRecord<S>; // pairs made by buildIndex
    if (!visit(binding, entries[at + 1] as number)) return false; // as above
  }
  return true;
}

function visitMerged<S>(index: ScopeIndex<S>, lists: readonly Entries[], visit: BindingVisitor<S>): boolean {
  const at = lists.map(() => 0);
  for (;;) {
    let position = Infinity;
    for (let list = 0; list < lists.length; list++) {
      const next = lists[list]?.[at[list] ?? 0];
      if (next !== undefined && next < position) position = next;
    }
    if (position === Infinity) return true;
    let subjectIndex = Infinity;
    for (let list = 0; list < lists.length; list++) {
      const cursor = at[list] ?? 0;
      if (lists[list]?.[cursor] !== position) continue;
      subjectIndex = Math.min(subjectIndex, lists[list]?.[cursor + 1] ?? Infinity);
      at[list] = cursor + 2;
    }
    if (!visit(index.list[position] as BindingRecord<S>, subjectIndex)) return false; // a position from buildIndex
  }
}
