// What kubeadm publishes before anybody is known: the address and authority of the cluster, for nodes that join
// (kubeadm/app/phases/bootstraptoken/clusterinfo).

import type { BindingView } from "./access-view.ts";

/** Whether a binding lets its subjects read the ConfigMap cluster-info of kube-public, and nothing else. */
export function isClusterInfo({ resource, role }: BindingView): boolean {
  if (resource.id.namespace !== "kube-public" || role === undefined) return false;
  return role.rules.rules.every(
    ({ verbs, resources, resourceNames, nonResourceURLs }) =>
      nonResourceURLs.length === 0 &&
      verbs.every((verb) => verb === "get") &&
      resources.every((name) => name === "configmaps") &&
      resourceNames.length > 0 &&
      resourceNames.every((name) => name === "cluster-info"),
  );
}
