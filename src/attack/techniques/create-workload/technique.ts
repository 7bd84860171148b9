// Whoever creates a Deployment, a Job or their like has its controller create the pods: no right on pods is asked for.

import { creations, powersToCreate } from "../../creation.ts";
import type { Technique } from "../../technique.ts";
import { WORKLOAD_KINDS } from "../../workload-kinds.ts";

export const createWorkload: Technique = {
  id: "create-workload",
  attack: ["T1610"],
  source: "k/k pkg/controller/deployment/deployment_controller.go; pkg/controller/controller_utils.go CreatePods",
  powers: () => WORKLOAD_KINDS.flatMap(({ create }) => powersToCreate(create)),
  *steps({ rights }) {
    for (const { kind, create } of WORKLOAD_KINDS)
      for (const { needs, namespace } of creations(rights, create))
        yield { needs, gives: { kind: "new-pod", namespace }, says: { namespace, kind } };
  },
};
