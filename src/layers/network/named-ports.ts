// Named ports, resolved per destination pod: name and protocol must agree, and two pods may mean different numbers.
// Pods that agree on every name some rule uses share one table.

import { union } from "./interval-set.ts";
import { NO_PORTS, portRange, type PortSet } from "./port-set.ts";
import type { NamedPort } from "./pod.ts";
import type { PortMatch } from "./policy.ts";

/** Number of an interned table of named ports. */
export type PortTableId = number;
/** The table of ends that have no named ports. */
export const NO_NAMED_PORTS: PortTableId = 0;

export interface PortTables {
  /** Makes a name count from now on. */
  readonly use: (name: string) => void;
  /** The table of a pod, reduced to the names in use. */
  readonly tableOf: (ports: readonly NamedPort[]) => PortTableId;
  readonly resolve: (match: PortMatch & { readonly kind: "named" }, table: PortTableId) => PortSet;
  readonly namesIn: (table: PortTableId) => readonly NamedPort[];
  /** In the order they came into use: tables of pods with a later one may be different now. */
  readonly names: () => readonly string[];
}

export function createPortTables(): PortTables {
  const names = new Set<string>();
  const inOrder: string[] = [];
  const ids = new Map<string, PortTableId>([["", NO_NAMED_PORTS]]);
  const tables: (readonly NamedPort[])[] = [[]];
  return {
    use: (name) => {
      if (!names.has(name)) inOrder.push(name);
      names.add(name);
    },
    names: () => inOrder,
    namesIn: (table) => tables[table] ?? [],
    tableOf: (ports) => {
      const used = ports.filter(({ name }) => names.has(name));
      if (used.length === 0) return NO_NAMED_PORTS;
      const key = used
        .map(({ name, protocol, port }) => `${name} ${protocol} ${port}`)
        .toSorted()
        .join();
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, tables.length);
      return tables.push(used) - 1;
    },
    resolve: (match, table) => {
      let set = NO_PORTS;
      for (const { name, protocol, port } of tables[table] ?? []) {
        if (name !== match.name || (match.protocol !== undefined && match.protocol !== protocol)) continue;
        set = union(set, portRange(protocol, port, port));
      }
      return set;
    },
  };
}
