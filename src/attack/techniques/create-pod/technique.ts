// Whoever creates pods in a namespace decides what runs there, as which account and with which Secrets.

import type { AttackWorld } from "../../attack-world.ts";
import { creationPowers, creations, powersToCreate, type Creation } from "../../creation.ts";
import { EVERYWHERE } from "../../holding.ts";
import { podsNamed } from "../../pods-holding.ts";
import type { Technique } from "../../technique.ts";

const PODS = creationPowers("", "pods");

export const createPod: Technique = {
  id: "create-pod",
  attack: ["T1610"],
  source: "k/k pkg/registry/core/pod/strategy.go; plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => powersToCreate(PODS),
  *steps(world) {
    for (const creation of creations(world.rights, PODS)) {
      const { needs, namespace } = creation;
      if (isFree(world, creation)) yield { needs, gives: { kind: "new-pod", namespace }, says: { namespace } };
    }
  },
};

/** Applying a pod that is there changes it; that is another technique. */
function isFree(world: AttackWorld, { namespace, name }: Creation): boolean {
  return name === "" || namespace === EVERYWHERE || podsNamed(world, namespace, name).length === 0;
}
