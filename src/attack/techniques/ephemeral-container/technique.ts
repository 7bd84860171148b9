// An ephemeral container joins a pod that runs: it mounts the pod's volumes, its token among them, and may look into another
// container. Where Pod Security lets it be privileged, it is root on the node.

import { isAdmittedAgain, podChangeSteps } from "../../admitted-pods.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { enforceBaseline } from "../../enforce.ts";
import type { Holding } from "../../holding.ts";
import type { PodFacts } from "../../pod-facts.ts";
import { named, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_EPHEMERAL: Power = named(["update", "patch"], "", "pods/ephemeralcontainers");

export const ephemeralContainer: Technique = {
  id: "ephemeral-container",
  attack: ["T1610", "T1611"],
  source: "k/k pkg/registry/core/pod/strategy.go podEphemeralContainersStrategy; KEP-277",
  powers: () => [CHANGE_EPHEMERAL],
  *steps(world) {
    yield* podChangeSteps(world, {
      id: "ephemeral-container",
      power: CHANGE_EPHEMERAL,
      given: (pod) => givenBy(world, pod),
      givenUnenforced: (pod) => (pod.isMirror ? [] : [pod.holding, ...nodeOf(pod)]),
      controls: (namespace, { kind }) => (kind === "node" ? [enforceBaseline(namespace)] : []),
    });
  },
};

function givenBy(world: AttackWorld, pod: PodFacts): readonly Holding[] {
  if (!isAdmittedAgain(world, pod)) return [];
  const isPrivileged = world.namespace(pod.namespace).level === "privileged";
  return [pod.holding, ...(isPrivileged ? nodeOf(pod) : [])];
}

/** A privileged container is root on the node, unless root in the pod is nobody there. */
function nodeOf({ hasUserNamespace, node }: PodFacts): readonly Holding[] {
  return hasUserNamespace ? [] : [{ kind: "node", node }];
}
