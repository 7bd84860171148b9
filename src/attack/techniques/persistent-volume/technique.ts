// A PersistentVolume may be a path of the node. A pod reaches it by an ephemeral claim, which its controller makes, and Pod
// Security judges claims as harmless at every level: baseline pods write there as root, restricted ones connect to the
// container runtime in its group.

import type { Holding } from "../../holding.ts";
import { clusterScoped, unnamed, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const CREATE_VOLUMES: Power = clusterScoped(unnamed(["create"], "", "persistentvolumes"));
const HOST_VOLUME: Holding = { kind: "means", of: "persistent-volume", namespace: "", name: "" };

export const persistentVolume: Technique = {
  id: "persistent-volume",
  attack: ["T1611"],
  source: "k8s.io/pod-security-admission policy/check_restrictedVolumes.go; KEP-1698 generic ephemeral volumes",
  powers: () => [CREATE_VOLUMES],
  *steps({ rights, namespaces }) {
    const creating = rights.of(CREATE_VOLUMES);
    if (creating.length === 0) return;
    for (const { holding } of creating) yield { needs: [holding], gives: HOST_VOLUME, isMeant: true };
    for (const { name } of namespaces)
      yield {
        needs: [HOST_VOLUME, { kind: "new-pod", namespace: name }],
        gives: { kind: "any-node" },
        says: { namespace: name },
      };
  },
};
