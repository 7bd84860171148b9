// The ports of a rule, compiled once per distinct list: numbers, and names that each destination resolves for itself.

import { isEmpty, union } from "./interval-set.ts";
import { NO_NAMED_PORTS, type PortTableId, type PortTables } from "./named-ports.ts";
import type { OutcomeId, Outcomes } from "./outcome.ts";
import type { PortMatch, Rule } from "./policy.ts";
import { ALL_PORTS, NO_PORTS, type PortSet } from "./port-set.ts";

export interface CompiledPorts {
  readonly hasNames: boolean;
  /** What the ports are when the destination has this table of named ports. */
  readonly at: (table: PortTableId) => OutcomeId;
}

export type PortCompiler = (ports: Rule["ports"]) => CompiledPorts;

export function createPortCompiler(tables: PortTables, outcomes: Outcomes): PortCompiler {
  const any: CompiledPorts = { hasNames: false, at: constantly(outcomes.certain(ALL_PORTS)) };
  const known = new Map<string | number, CompiledPorts>();
  return (ports) => {
    if (ports === "any") return any;
    const key = keyOf(ports);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = compile(ports, tables, outcomes);
    known.set(key, made);
    return made;
  };
}

const MOST_POINTS = 0x100000;

/** A number for one range of ports, which most lists are. */
function keyOf(ports: readonly PortMatch[]): string | number {
  const [only] = ports;
  if (ports.length === 1 && only?.kind === "numbers" && only.ports.length === 2) {
    return (only.ports[0] ?? 0) * MOST_POINTS + (only.ports[1] ?? 0);
  }
  let key = "";
  for (const port of ports) {
    key += port.kind === "numbers" ? `${port.ports.join()};` : `${port.name} ${port.protocol ?? ""};`;
  }
  return key;
}

function compile(ports: readonly PortMatch[], tables: PortTables, outcomes: Outcomes): CompiledPorts {
  let numbers: PortSet = NO_PORTS;
  for (const port of ports) if (port.kind === "numbers") numbers = union(numbers, port.ports);
  const named = ports.filter((port) => port.kind === "named");
  for (const { name } of named) tables.use(name);
  const unnamed = outcomes.certain(numbers);
  if (named.length === 0) return { hasNames: false, at: constantly(unnamed) };
  const resolved = new Map<PortTableId, OutcomeId>([[NO_NAMED_PORTS, unnamed]]);
  return {
    hasNames: true,
    at: (table) => {
      const found = resolved.get(table);
      if (found !== undefined) return found;
      let set = NO_PORTS;
      for (const match of named) set = union(set, tables.resolve(match, table));
      const result = isEmpty(set) ? unnamed : outcomes.certain(union(numbers, set));
      resolved.set(table, result);
      return result;
    },
  };
}

function constantly(outcome: OutcomeId): (table: PortTableId) => OutcomeId {
  return () => outcome;
}
