// A node may ask the API server for tokens of the accounts of its pods, and for their Secrets; for no others (the Node
// authorizer). Since 1.33 it gets tokens only of pods that mount one.

import type { AttackWorld } from "../../attack-world.ts";
import type { Holding } from "../../holding.ts";
import { nodeIdentity } from "../../node-holdings.ts";
import type { PodFacts } from "../../pod-facts.ts";
import { seesToken } from "../../pod-identity.ts";
import type { Technique } from "../../technique.ts";

/** ServiceAccountNodeAudienceRestriction is on by default. */
const ONLY_MOUNTED_SINCE = 33;

export const nodeAuthorizer: Technique = {
  id: "node-authorizer",
  attack: ["T1528"],
  source: "k/k plugin/pkg/auth/authorizer/node/graph.go AddPod; plugin/pkg/admission/noderestriction/admission.go",
  powers: () => [],
  *steps(world) {
    const placed = world.pods.filter(({ isPlaced, isMirror }) => isPlaced && !isMirror);
    for (const [node, pods] of Map.groupBy(placed, (pod) => pod.node)) {
      const seen = new Set<string>();
      for (const pod of pods)
        for (const { key, gives } of givenBy(world, pod)) {
          if (seen.has(key)) continue;
          seen.add(key);
          yield { needs: [nodeIdentity(node)], gives, says: { node } };
        }
    }
  },
};

function* givenBy(world: AttackWorld, pod: PodFacts): Generator<{ readonly key: string; readonly gives: Holding }> {
  const { namespace, account, containers, secrets } = pod;
  if (world.minor < ONLY_MOUNTED_SINCE || containers.some((one) => seesToken(world, pod, one)))
    yield { key: `account ${namespace}/${account}`, gives: pod.user };
  for (const { name } of secrets)
    yield { key: `secret ${namespace}/${name}`, gives: { kind: "secret", namespace, name } };
}
