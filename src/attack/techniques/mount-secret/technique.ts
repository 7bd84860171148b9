// A pod may mount any Secret of its namespace by name: nobody asks whether who created the pod may read it.

import { EVERYWHERE } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

export const mountSecret: Technique = {
  id: "mount-secret",
  attack: ["T1552.007"],
  source: "k/k plugin/pkg/admission/serviceaccount/admission.go limitSecretReferences; pkg/kubelet/kubelet_pods.go",
  powers: () => [],
  *steps({ namespaces }) {
    for (const namespace of [EVERYWHERE, ...namespaces.map(({ name }) => name)])
      yield { needs: [{ kind: "new-pod", namespace }], gives: { kind: "secrets", namespace }, says: { namespace } };
  },
};
