// A privileged pod, or one that mounts the node's files, is root on its node; `spec.nodeName` puts it on any node, past
// the scheduler. Pod Security at baseline refuses it, until somebody takes the label away.

import { enforceBaseline } from "../../enforce.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

export const privilegedPod: Technique = {
  id: "privileged-pod",
  attack: ["T1611"],
  source: "k8s.io/pod-security-admission policy/check_privileged.go; k/k pkg/kubelet/kuberuntime/security_context.go",
  powers: () => [],
  *steps({ namespaces }) {
    const gives: Holding = { kind: "any-node" };
    for (const { name, level } of namespaces) {
      const newPod: Holding = { kind: "new-pod", namespace: name };
      if (level === "privileged") {
        const controls = () => [enforceBaseline(name)];
        yield { needs: [newPod], gives, says: { namespace: name }, controls };
      }
      // Also where nothing is enforced yet: enforcing it would not stop who can take it away.
      yield { needs: [newPod, { kind: "unenforced", namespace: name }], gives, says: { namespace: name } };
    }
    // Who makes pods in every namespace makes them in one that does not exist yet, if it can be created; the
    // namespaces there are decide here, so nothing is said for `*` alone.
    if (namespaces.length === 0)
      yield { needs: [{ kind: "new-pod", namespace: EVERYWHERE }], gives, says: { namespace: EVERYWHERE } };
  },
};
