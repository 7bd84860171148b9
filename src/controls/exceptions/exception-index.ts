// Exceptions by what can be looked up: most name one resource, and those cost nothing for any other.

import type { Resource } from "../../cluster/resource.ts";
import type { Exception } from "./exception.ts";

export interface ExceptionIndex {
  /** Those that may be about a finding of the rule in the resource. */
  readonly forRule: (ruleId: string, resource: Resource) => readonly Exception[];
  /** Those that may be for the resource, whatever the rule. */
  readonly forResource: (resource: Resource) => readonly Exception[];
}

const NONE: readonly Exception[] = [];

export function indexExceptions(exceptions: readonly Exception[]): ExceptionIndex {
  const byRuleAndName = new Map<string, Exception[]>();
  const byName = new Map<string, Exception[]>();
  for (const exception of exceptions) {
    for (const name of namesOf(exception)) {
      put(byName, name, exception);
      for (const ruleId of exception.ruleIds) put(byRuleAndName, `${ruleId}\n${name}`, exception);
    }
  }
  return {
    forRule: (ruleId, { id }) => join(byRuleAndName.get(`${ruleId}\n${id.name}`), byRuleAndName.get(`${ruleId}\n*`)),
    forResource: ({ id }) => join(byName.get(id.name), byName.get("*")),
  };
}

/** The names it is for, or `*` where a pattern has to be tried. No object has that name. */
function namesOf({ selector }: Exception): readonly string[] {
  const names = selector?.names ?? [];
  return names.length === 0 || names.some((name) => name.includes("*")) ? ["*"] : [...new Set(names)];
}

function put(map: Map<string, Exception[]>, key: string, exception: Exception): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [exception]);
  else list.push(exception);
}

/** In the order of the file where only one list has any: the first that covers a finding is the one that is told. */
function join(some: readonly Exception[] = NONE, others: readonly Exception[] = NONE): readonly Exception[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
}
