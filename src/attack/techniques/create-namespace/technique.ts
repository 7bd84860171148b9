// A namespace of the attacker's making has no Pod Security label: where nothing is enforced without one, and the attacker makes
// pods in every namespace, it takes privileged ones.

import { clusterScopedCreation, creations, powersToCreate } from "../../creation.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

const NAMESPACES = clusterScopedCreation("", "namespaces");
const OWN_NAMESPACE: Holding = { kind: "means", of: "create-namespace", namespace: "", name: "" };

export const createNamespace: Technique = {
  id: "create-namespace",
  attack: ["T1562.001", "T1610"],
  source: "k8s.io/pod-security-admission api/helpers.go PolicyToEvaluate; admission/admission.go ValidateNamespace",
  powers: () => powersToCreate(NAMESPACES),
  *steps({ rights, namespace }) {
    if (namespace("").level !== "privileged") return; // what counts without a label
    const creating = [...creations(rights, NAMESPACES)];
    if (creating.length === 0) return;
    for (const { needs } of creating) yield { needs, gives: OWN_NAMESPACE, isMeant: true };
    yield { needs: [{ kind: "new-pod", namespace: EVERYWHERE }, OWN_NAMESPACE], gives: { kind: "any-node" } };
  },
};
