// `impersonate:MODE` with `impersonate-on:MODE:VERB` lets its holder do as somebody else just what the second names (KEP-5284,
// on since 1.36). It is worth what that somebody may do of it, and no more: not an identity, but a right seen through a filter.

import { nodeOf, serviceAccountOf } from "../../../layers/access/identity.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { AS_NODE, CONSTRAINED, ON_NODE, type ConstrainedRight, type Mode } from "../../constrained-impersonation.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { givenToNode, type GivenToNode } from "../../node-authorizer.ts";
import type { PodFacts } from "../../pod-facts.ts";
import type { Power } from "../../power.ts";
import type { Right } from "../../right.ts";
import type { Rights } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const constrainedImpersonation: Technique = {
  id: "constrained-impersonation",
  attack: ["T1134.001"],
  source: "k8s.io/apiserver pkg/endpoints/filters/impersonation/constrained_impersonation.go; KEP-5284",
  powers: ({ features }) =>
    features.constrainedImpersonation
      ? [...CONSTRAINED.flatMap(({ mode, on, own }) => [mode.power, on, own]), AS_NODE, ON_NODE.token, ON_NODE.secret]
      : [],
  *steps(world) {
    if (!world.features.constrainedImpersonation) return;
    for (const right of CONSTRAINED) yield* stepsOf(world, right);
    yield* nodeSteps(world);
  },
};

function* stepsOf(world: AttackWorld, { mode, on, own, gives }: ConstrainedRight): Generator<Step> {
  const pairs = [...pairsOf(world.rights, mode.power, on)];
  if (pairs.length === 0) return;
  const owned = world.rights.every(own).flatMap((right) => right.by.bound.map(({ holder }) => ({ right, holder })));
  for (const [act, allowed] of pairs)
    for (const theirs of owned) {
      const where = common(allowed, theirs.right);
      if (where === undefined || !isMeant(mode, act, theirs.holder)) continue;
      for (const given of gives(world, where.namespace, where.name))
        yield {
          needs: [act.holding, allowed.holding],
          gives: given,
          says: { namespace: where.namespace, user: "name" in theirs.holder ? theirs.holder.name : "" },
        };
    }
}

/** What a node may have for its pods: tokens of their accounts, and their Secrets. */
function* nodeSteps(world: AttackWorld): Generator<Step> {
  for (const request of ["token", "secret"] as const)
    for (const [act, allowed] of pairsOf(world.rights, AS_NODE, ON_NODE[request])) {
      const needs = [act.holding, allowed.holding];
      for (const { pod, gives, name } of givenToNodes(world, act.name, request))
        if (isAbout(allowed, pod.namespace, name))
          yield { needs, gives, says: { namespace: pod.namespace, user: `system:node:${pod.node}` } };
    }
}

/** For the pods of that node; an empty name is any. */
function* givenToNodes(world: AttackWorld, node: string, request: GivenToNode["request"]): Generator<PodGain> {
  for (const pod of world.pods) {
    if (!pod.isPlaced || pod.isMirror || (node !== "" && node !== pod.node)) continue;
    for (const given of givenToNode(world, pod)) if (given.request === request) yield { ...given, pod };
  }
}

interface PodGain extends GivenToNode {
  readonly pod: PodFacts;
}

function isAbout(right: Right, namespace: string, name: string): boolean {
  return (
    (right.namespace === EVERYWHERE || right.namespace === namespace) && (right.name === "" || right.name === name)
  );
}

/** The right to act and the right to do so, of one identity. Who may do everything is told otherwise. */
function* pairsOf(rights: Rights, acting: Power, on: Power): Generator<readonly [act: Right, allowed: Right]> {
  const acts = rights.of(acting).filter(({ isOfEverything }) => !isOfEverything);
  if (acts.length === 0) return;
  for (const { rights: both } of rights.together([acts, rights.of(on)])) {
    const [act, allowed] = both;
    if (act !== undefined && allowed !== undefined) yield [act, allowed];
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
function isMeant(mode: Mode, act: Right, holder: Holding): boolean {
  if (holder.kind !== "user") return false;
  const account = serviceAccountOf(holder.name);
  if (mode.isAccount) {
    if (account === undefined || (act.namespace !== EVERYWHERE && act.namespace !== account.namespace)) return false;
    return act.name === "" || act.name === account.name;
  }
  return account === undefined && nodeOf(holder.name) === undefined && (act.name === "" || act.name === holder.name);
}
