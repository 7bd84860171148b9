// Every technique, in alphabetical order of its id.

import type { AttackWorld } from "./attack-world.ts";
import type { Power } from "./power.ts";
import type { Technique } from "./technique.ts";
import { bindClusterRole } from "./techniques/bind-cluster-role/technique.ts";
import { createPod } from "./techniques/create-pod/technique.ts";
import { execPod } from "./techniques/exec-pod/technique.ts";
import { holdClusterAdmin } from "./techniques/hold-cluster-admin/technique.ts";
import { nodePods } from "./techniques/node-pods/technique.ts";
import { podServiceAccount } from "./techniques/pod-service-account/technique.ts";
import { podToken } from "./techniques/pod-token/technique.ts";
import { privilegedPod } from "./techniques/privileged-pod/technique.ts";
import { readSecrets } from "./techniques/read-secrets/technique.ts";
import { secretToken } from "./techniques/secret-token/technique.ts";

export const TECHNIQUES: readonly Technique[] = [
  bindClusterRole,
  createPod,
  execPod,
  holdClusterAdmin,
  nodePods,
  podServiceAccount,
  podToken,
  privilegedPod,
  readSecrets,
  secretToken,
];

/** The powers of all techniques, each once. */
export function powersOf(
  techniques: readonly Technique[],
  world: Pick<AttackWorld, "features" | "minor">,
): readonly Power[] {
  return [...new Map(techniques.flatMap((one) => one.powers(world)).map((power) => [power.id, power])).values()];
}
