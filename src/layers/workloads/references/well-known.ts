// Objects that a cluster has without anybody writing them: made by Kubernetes' own controllers, or by an operator in
// every namespace.

import { CONFIG_MAP, PRIORITY_CLASS, SERVICE, SERVICE_ACCOUNT, type Reference, type TargetKind } from "./reference.ts";

const EVERY_NAMESPACE: Readonly<Record<TargetKind, readonly string[]>> = {
  // kube-controller-manager (root-ca-cert-publisher), OpenShift's service CA, Istio.
  [CONFIG_MAP]: ["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"],
  // kube-controller-manager (serviceaccount), OpenShift.
  [SERVICE_ACCOUNT]: ["default", "builder", "deployer"],
  // kube-apiserver (plugin/pkg/apis/scheduling), OpenShift.
  [PRIORITY_CLASS]: ["system-cluster-critical", "system-node-critical", "openshift-user-critical"],
};

/** Whether the object exists in every cluster. */
export function isWellKnown({ target, namespace, name }: Pick<Reference, "target" | "namespace" | "name">): boolean {
  if (EVERY_NAMESPACE[target]?.includes(name) === true) return true;
  return target === SERVICE && namespace === "default" && name === "kubernetes";
}

/** Namespaces that the cluster's own components fill: no input describes them completely. */
export function isSystemNamespace(namespace: string): boolean {
  return namespace.startsWith("kube-") || namespace.startsWith("openshift-");
}
