// Nodes that run the control plane: labelled as such, or with the API server as a static pod on them.

import type { AttackWorld } from "./attack-world.ts";
import type { PodFacts } from "./pod-facts.ts";

/** Linear in nodes and pods. */
export function controlPlaneNodes({ nodes, pods }: AttackWorld): ReadonlySet<string> {
  const found = new Set(nodes.filter(({ isControlPlane }) => isControlPlane).map(({ name }) => name));
  for (const pod of pods) if (pod.isPlaced && isApiServer(pod)) found.add(pod.node);
  return found;
}

const SERVER = "kube-apiserver";
const ENCRYPTION = "--encryption-provider-config";

/** The API server as a static pod. */
function isApiServer({ isMirror, namespace, containers }: PodFacts): boolean {
  return isMirror && namespace === "kube-system" && containers.some(({ name }) => name === SERVER);
}

/** Whether an API server of the input is told to encrypt what it stores; which kinds is in a file of its node. */
export function isEncryptedAtRest({ pods }: AttackWorld): boolean {
  return pods
    .filter(isApiServer)
    .some(({ declared }) =>
      (declared.spec?.containers ?? [])
        .flatMap((container) => [...(container?.command ?? []), ...(container?.args ?? [])])
        .some((word) => word?.startsWith(ENCRYPTION) === true),
    );
}
