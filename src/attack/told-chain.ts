// A chain as it is told: one line a technique, with what it leads to and the facts that prove it. What holdings merely mean
// is folded into the line before it, and the grants of the rights a technique uses into its own.

import type { MessageArguments } from "../verdicts/message.ts";
import type { AttackGraph } from "./attack-graph.ts";
import { rbacGrant } from "../layers/access/grant.ts";
import type { Fact } from "./fact.ts";
import type { StepFact } from "./step-fact.ts";
import { isGrantedRole } from "./granted-role.ts";
import type { Holding } from "./holding.ts";
import type { Technique } from "./technique.ts";

export interface ToldStep {
  readonly technique: Technique;
  readonly says: MessageArguments;
  /** What it leads to, as far as it goes without another technique. */
  readonly to: Holding;
  readonly facts: readonly Fact[];
  /** Why that is already the end: the binding that makes an identity cluster-admin. */
  readonly because: readonly Fact[];
}

/** The lines of a chain, in the order of {@link AttackGraph} steps that it was derived in. */
export function tellChain(graph: AttackGraph, chain: readonly number[]): readonly ToldStep[] {
  const told: { -readonly [Key in keyof ToldStep]: ToldStep[Key] }[] = [];
  const lineOf = new Map<number, number>();
  const factsOf = new Map<number, readonly StepFact[]>();
  for (const index of chain) {
    const step = graph.steps[index];
    const given = step === undefined ? undefined : graph.holdings[step.gives];
    if (step === undefined || given === undefined) continue;
    const { technique, needs, gives, cost } = step;
    const own = step.facts?.() ?? [];
    const gathered = [...needs.flatMap((need) => factsOf.get(need) ?? []), ...own];
    if (technique !== undefined && cost === 1) {
      lineOf.set(gives, told.length);
      told.push({
        technique,
        says: step.says ?? {},
        to: given,
        facts: proofs(gathered),
        because: [],
      });
      continue;
    }
    if (given.kind === "right") {
      factsOf.set(gives, gathered);
      continue;
    }
    if (isGrantedRole(given)) {
      factsOf.set(gives, gathered);
      const [silent] = needs.flatMap((need) => lineOf.get(need) ?? []);
      if (silent !== undefined) lineOf.set(gives, silent);
      continue;
    }
    const [line] = needs.flatMap((need) => lineOf.get(need) ?? []);
    const before = line === undefined ? undefined : told[line];
    if (line === undefined || before === undefined) {
      factsOf.set(gives, gathered);
      continue;
    }
    lineOf.set(gives, line);
    if (technique === undefined) before.to = given;
    else before.because = [...before.because, ...proofs(gathered)];
  }
  return told;
}

/** What a person can look up: each rule with the binding that grants it. */
function proofs(facts: readonly StepFact[]): readonly Fact[] {
  const bindings = facts.flatMap((fact) => (fact.kind === "binding" ? [fact.subject] : []));
  const rules = facts.flatMap((fact) => (fact.kind === "rule" ? [fact] : []));
  return [
    ...facts.flatMap((fact) => (fact.kind === "field" ? [fact] : [])),
    ...rules.flatMap(({ role, rule }): readonly Fact[] => {
      const granting = bindings.filter((subject) => subject.role === role);
      // Of a role that is bound on the way there is only the rule.
      if (granting.length === 0) return [{ kind: "field", resource: role.resource.source, path: ["rules", rule] }];
      return granting.map(({ binding, subjectIndex }) => ({
        kind: "grant",
        grant: rbacGrant(binding, subjectIndex, role, rule),
      }));
    }),
  ];
}
