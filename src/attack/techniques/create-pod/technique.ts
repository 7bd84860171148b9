// Whoever creates pods in a namespace decides what runs there, as which account and with which Secrets.

import { CREATE_PODS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

export const createPod: Technique = {
  id: "create-pod",
  attack: ["T1610"],
  source: "k/k pkg/registry/core/pod/strategy.go; plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => [CREATE_PODS],
  *steps({ rights }) {
    for (const { holding, namespace } of rights.of(CREATE_PODS))
      yield { needs: [holding], gives: { kind: "new-pod", namespace }, says: { namespace } };
  },
};
