// `impersonate:MODE` with `impersonate-on:MODE:VERB` lets its holder do as somebody else just what the second names (KEP-5284,
// on since 1.36). It is worth what that somebody may do of it, and no more: not an identity, but a right seen through a filter.

import { nodeOf, serviceAccountOf } from "../../../layers/access/identity.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { CONSTRAINED, type ConstrainedRight, type Mode } from "../../constrained-impersonation.ts";
import { EVERYWHERE, holdingKey, type NamespaceScope } from "../../holding.ts";
import { groupsBehind, type Right } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const constrainedImpersonation: Technique = {
  id: "constrained-impersonation",
  attack: ["T1134.001"],
  source: "k8s.io/apiserver pkg/endpoints/filters/impersonation/constrained_impersonation.go; KEP-5284",
  powers: ({ features }) =>
    features.constrainedImpersonation ? CONSTRAINED.flatMap(({ mode, on, own }) => [mode.power, on, own]) : [],
  *steps(world) {
    if (!world.features.constrainedImpersonation) return;
    for (const right of CONSTRAINED) yield* stepsOf(world, right);
  },
};

function* stepsOf(world: AttackWorld, { mode, on, own, gives }: ConstrainedRight): Generator<Step> {
  const { rights } = world;
  const acting = Map.groupBy(
    rights.of(mode.power).filter(({ isOfEverything }) => !isOfEverything),
    ({ holder }) => holdingKey(holder),
  );
  if (acting.size === 0) return;
  const owned = rights.of(own).filter(({ holder }) => holder.kind === "user");
  for (const allowed of rights.of(on)) {
    const keys = [allowed.holder, ...groupsBehind(allowed.holder).map((name) => ({ kind: "group", name }) as const)];
    for (const act of keys.flatMap((holder) => acting.get(holdingKey(holder)) ?? []))
      for (const theirs of owned) {
        const where = common(allowed, theirs);
        if (where === undefined || !isMeant(mode, act, theirs)) continue;
        for (const given of gives(world, where.namespace, where.name))
          yield {
            needs: [act.holding, allowed.holding],
            gives: given,
            says: { namespace: where.namespace, user: theirs.holder.kind === "user" ? theirs.holder.name : "" },
          };
      }
  }
}

/** What both rights are about. */
function common(one: Right, other: Right): { readonly namespace: NamespaceScope; readonly name: string } | undefined {
  const namespace = one.namespace === EVERYWHERE ? other.namespace : one.namespace;
  if (other.namespace !== EVERYWHERE && other.namespace !== namespace) return undefined;
  if (one.name !== "" && other.name !== "" && one.name !== other.name) return undefined;
  return { namespace, name: one.name || other.name };
}

/** Whether the impersonator may act as that one. */
function isMeant(mode: Mode, act: Right, { holder }: Right): boolean {
  if (holder.kind !== "user") return false;
  const account = serviceAccountOf(holder.name);
  if (mode.isAccount) {
    if (account === undefined || (act.namespace !== EVERYWHERE && act.namespace !== account.namespace)) return false;
    return act.name === "" || act.name === account.name;
  }
  return account === undefined && nodeOf(holder.name) === undefined && (act.name === "" || act.name === holder.name);
}
