// Root in a container reads what its node keeps for itself: the tokens of the pods there, the kubelet's certificate, and on a
// control plane the keys and kubeconfigs of everything. Read-only is enough.

import type { AttackWorld } from "../../attack-world.ts";
import { escapeSteps } from "../../container-escape.ts";
import { controlPlaneNodes, isEncryptedAtRest } from "../../control-plane.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import {
  COMPONENT_FILES,
  isWithin,
  KUBELET_CREDENTIALS,
  KUBELET_PODS,
  readsAdminFiles,
  readsEtcd,
} from "../../host-mount.ts";
import { nodeIdentity, podFilesOf } from "../../node-holdings.ts";
import { changeVolume } from "../../pod-change.ts";
import type { PodFacts } from "../../pod-facts.ts";
import { seesToken } from "../../pod-identity.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const hostPathRead: Technique = {
  id: "host-path-read",
  attack: ["T1552.001", "T1611"],
  source: "k/k pkg/kubelet/kubelet_getters.go getPodsDir; cmd/kubeadm/app/constants/constants.go",
  powers: () => [],
  *steps(world) {
    const controlPlane = { nodes: controlPlaneNodes(world), isEncrypted: isEncryptedAtRest(world) };
    const nodes = new Set<string>();
    yield* escapeSteps(world.pods, (pod, container) => {
      if (!container.isRoot) return [];
      return container.hostMounts.flatMap(({ mount, volume, hostPath }) =>
        readIn(hostPath, pod, controlPlane).map((gives) => {
          if (gives.kind === "means") nodes.add(pod.node);
          return {
            gives,
            says: { pod: pod.title, container: container.name, path: hostPath },
            facts: () => [{ kind: "field", resource: pod.resource, path: mount }] as const,
            controls: () => [changeVolume(pod, volume)],
          };
        }),
      );
    });
    yield* filesOfPods(world, nodes);
  },
};

interface ControlPlane {
  readonly nodes: ReadonlySet<string>;
  readonly isEncrypted: boolean;
}

function readIn(hostPath: string, pod: PodFacts, controlPlane: ControlPlane): readonly Holding[] {
  const found: Holding[] = [];
  if (isWithin(KUBELET_PODS, hostPath)) found.push(podFilesOf(pod.node));
  if (isWithin(KUBELET_CREDENTIALS, hostPath)) found.push(nodeIdentity(pod.node));
  if (!controlPlane.nodes.has(pod.node)) return found;
  if (readsAdminFiles(hostPath)) found.push({ kind: "cluster-admin" });
  if (readsEtcd(hostPath) && !controlPlane.isEncrypted) found.push({ kind: "secrets", namespace: EVERYWHERE });
  for (const [file, name] of COMPONENT_FILES) if (isWithin(file, hostPath)) found.push({ kind: "user", name });
  return found;
}

/** The tokens and Secrets that lie as files in the directories of a node's pods. */
function* filesOfPods(world: AttackWorld, nodes: ReadonlySet<string>): Generator<Step> {
  for (const pod of world.pods) {
    const { node, namespace, containers, secrets } = pod;
    if (!nodes.has(node)) continue;
    const needs = [podFilesOf(node)];
    if (containers.some((container) => seesToken(world, pod, container)))
      yield { needs, gives: pod.user, isMeant: true };
    for (const { name, volume } of secrets)
      if (volume !== undefined) yield { needs, gives: { kind: "secret", namespace, name }, isMeant: true };
  }
}
