// Pod Security reads its level off a label of the namespace. Whoever may change the namespace takes the label away.

import { EVERYWHERE } from "../../holding.ts";
import { named } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_NAMESPACES = named(["update", "patch"], "", "namespaces");

export const patchNamespace: Technique = {
  id: "patch-namespace",
  attack: ["T1562.001"],
  source: "k8s.io/pod-security-admission admission/admission.go; k8s.io/apiserver pkg/endpoints/request/requestinfo.go",
  powers: () => [CHANGE_NAMESPACES],
  *steps({ rights }) {
    for (const { holding, namespace, name } of rights.of(CHANGE_NAMESPACES)) {
      // A RoleBinding is about its own namespace's object only: a request for it is made in that namespace.
      if (namespace !== EVERYWHERE && name !== "" && name !== namespace) continue;
      const where = namespace === EVERYWHERE ? name || EVERYWHERE : namespace;
      yield { needs: [holding], gives: { kind: "unenforced", namespace: where }, says: { namespace: where } };
    }
  },
};
