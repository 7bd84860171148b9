// A pod may name any service account of its namespace and is given its token: nobody asks who created the pod.

import { EVERYWHERE } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

export const podServiceAccount: Technique = {
  id: "pod-service-account",
  attack: ["T1528"],
  source: "k/k plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => [],
  *steps({ namespaces }) {
    for (const namespace of [EVERYWHERE, ...namespaces.map(({ name }) => name)])
      yield { needs: [{ kind: "new-pod", namespace }], gives: { kind: "accounts", namespace }, says: { namespace } };
  },
};
