// Objects that a cluster has without anybody writing them: made by Kubernetes' own controllers, or by an operator in
// every namespace.

import {
  CONFIG_MAP,
  GATEWAY_CLASS,
  INGRESS_CLASS,
  PRIORITY_CLASS,
  SERVICE,
  SERVICE_ACCOUNT,
  STORAGE_CLASS,
  type Reference,
  type TargetKind,
} from "./reference.ts";

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

const OF_PLATFORMS: Readonly<Record<TargetKind, RegExp>> = {
  // GKE, AKS, EKS, k3s, kind and minikube, OpenShift; Azure and Google name theirs by scheme.
  [STORAGE_CLASS]:
    /^(?:standard|default|gp[23]|io[12]|hostpath|local-path|manual|premium-rw[ox]|standard-rw[ox]|(?:managed|azurefile|azureblob|azuredisk|premium)(?:-.*)?)$/,
  // The controllers' own names.
  [INGRESS_CLASS]:
    /^(?:alb|nginx|traefik|haproxy|kong|gce(?:-.*)?|azure-application-gateway|openshift-default|webapprouting\..*)$/,
  [GATEWAY_CLASS]:
    /^(?:istio(?:-.*)?|cilium|nginx|traefik|envoy-gateway|eg|kong|gke-.*|amazon-vpc-lattice|azure-alb-external)$/,
};

/** Whether a platform, or the controller that serves it, brings a class of this name. */
export function isOfPlatform(target: TargetKind, name: string): boolean {
  return OF_PLATFORMS[target]?.test(name) === true;
}

/** Namespaces that the cluster's own components fill: no input describes them completely. */
export function isSystemNamespace(namespace: string): boolean {
  return namespace.startsWith("kube-") || namespace.startsWith("openshift-");
}
