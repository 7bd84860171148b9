// Ways to choose one right of every list, and what bounds them.

import { EVERYWHERE, type NamespaceScope } from "./holding.ts";
import type { Right } from "./right.ts";

/** Rows of one role or identity, and of one question in all: a role of hundreds of names in two places has millions. */
export const MOST_OF_ONE = 20_000;
export const MOST = 500_000;

export interface Named {
  readonly right: Right;
}

/** One of every list, for all ways to choose; those that are about the same object have one name, or none. */
export function combine<T extends Named>(
  lists: readonly (readonly T[])[],
  about: readonly number[],
  most: number,
): Combined<T> {
  let rows: { readonly row: readonly T[]; readonly name: string }[] = [{ row: [], name: "" }];
  let isWhole = true;
  for (const [place, list] of lists.entries()) {
    const isAbout = about.includes(place);
    const byName = isAbout ? Map.groupBy(list, ({ right }) => right.name) : undefined;
    const next: typeof rows = [];
    for (const { row, name } of rows) {
      const fitting = name === "" || !byName ? list : [...(byName.get("") ?? []), ...(byName.get(name) ?? [])];
      for (const item of fitting) {
        if (next.length >= most) isWhole = false;
        else next.push({ row: [...row, item], name: isAbout ? name || item.right.name : name });
      }
    }
    rows = next;
  }
  return { rows: rows.map(({ row }) => row), isWhole };
}

export interface Combined<T> {
  readonly rows: readonly (readonly T[])[];
  readonly isWhole: boolean;
}

export type Combine = <T extends Named>(
  own: readonly (readonly T[])[],
  about?: readonly number[],
) => Combined<T>["rows"];

export interface ScopedRow<T> {
  readonly namespace: NamespaceScope;
  readonly row: readonly T[];
}

/** The rows of one scope each: rights in it and those of every namespace. */
export function* scopedRows<T extends Named>(
  lists: readonly (readonly T[])[],
  isOneScope: boolean,
  combined: Combine,
): Generator<ScopedRow<T>> {
  if (!isOneScope) {
    for (const row of combined(lists)) yield { namespace: EVERYWHERE, row };
    return;
  }
  const sorted = lists.map((list) => Map.groupBy(list, ({ right }) => right.namespace));
  for (const namespace of new Set(lists.flat().map(({ right }) => right.namespace))) {
    const fitting = sorted.map((list) => [
      ...(list.get(namespace) ?? []),
      ...(namespace === EVERYWHERE ? [] : (list.get(EVERYWHERE) ?? [])),
    ]);
    if (fitting.some((list) => list.length === 0)) continue;
    for (const row of combined(fitting))
      if (row.some(({ right }) => right.namespace === namespace)) yield { namespace, row };
  }
}
