// What the Node authorizer and NodeRestriction admission let a node have for the pods on it.

import type { AttackWorld } from "./attack-world.ts";
import type { Holding } from "./holding.ts";
import type { PodFacts } from "./pod-facts.ts";
import { seesToken } from "./pod-identity.ts";

/** ServiceAccountNodeAudienceRestriction is on by default. */
const ONLY_MOUNTED_SINCE = 33;

export interface GivenToNode {
  readonly key: string;
  readonly gives: Holding;
  /** The request by which the node comes to it. */
  readonly request: "token" | "secret";
  readonly name: string;
}

/** The account's token, where a container mounts one, and the Secrets of a pod that is on the node. */
export function* givenToNode(world: AttackWorld, pod: PodFacts): Generator<GivenToNode> {
  const { namespace, account, containers, secrets } = pod;
  if (world.minor < ONLY_MOUNTED_SINCE || containers.some((one) => seesToken(world, pod, one)))
    yield { key: `account ${namespace}/${account}`, gives: pod.user, request: "token", name: account };
  for (const { name } of secrets) {
    const gives: Holding = { kind: "secret", namespace, name };
    yield { key: `secret ${namespace}/${name}`, gives, request: "secret", name };
  }
}
