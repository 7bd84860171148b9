// Whoever creates pods in a namespace decides what runs there, as which account and with which Secrets.

import { creationPowers, creations, freeScopes, powersToCreate } from "../../creation.ts";
import { byNamespaceRights } from "../../namespace-rights.ts";
import { podsNamed } from "../../pods-holding.ts";
import type { Technique } from "../../technique.ts";

const PODS = creationPowers("", "pods");

export const createPod: Technique = {
  id: "create-pod",
  attack: ["T1610"],
  source: "k/k pkg/registry/core/pod/strategy.go; plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => powersToCreate(PODS),
  *steps(world) {
    yield* byNamespaceRights(world, "new-pod");
    for (const { needs, namespace, name } of creations(world.rights, PODS)) {
      // Applying a pod that is there changes it; that is another technique.
      const isThere = (one: string): boolean => name !== "" && podsNamed(world, one, name).length > 0;
      for (const free of freeScopes(world, namespace, isThere))
        yield { needs, gives: { kind: "new-pod", namespace: free }, says: { namespace: free } };
    }
  },
};
