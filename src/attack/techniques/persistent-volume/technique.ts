// A PersistentVolume may be a path of the node. A pod reaches it by an ephemeral claim, which its controller makes, and Pod
// Security judges claims as harmless at every level: baseline pods write there as root, restricted ones connect to the
// container runtime in its group.

import { clusterScopedCreation, creations, powersToCreate } from "../../creation.ts";
import type { Holding } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

const VOLUMES = clusterScopedCreation("", "persistentvolumes");
const HOST_VOLUME: Holding = { kind: "means", of: "persistent-volume", namespace: "", name: "" };

export const persistentVolume: Technique = {
  id: "persistent-volume",
  attack: ["T1611"],
  source: "k8s.io/pod-security-admission policy/check_restrictedVolumes.go; KEP-1698 generic ephemeral volumes",
  powers: () => powersToCreate(VOLUMES),
  *steps({ rights, namespaces }) {
    const creating = [...creations(rights, VOLUMES)];
    if (creating.length === 0) return;
    for (const { needs } of creating) yield { needs, gives: HOST_VOLUME, isMeant: true };
    for (const { name } of namespaces)
      yield {
        needs: [HOST_VOLUME, { kind: "new-pod", namespace: name }],
        gives: { kind: "any-node" },
        says: { namespace: name },
      };
  },
};
