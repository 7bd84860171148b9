// Which workloads forward the traffic of Ingresses, Routes and Gateways: known by the labels their own charts give.

import type { Pod } from "./pod.ts";
import { STRANGER } from "./pod.ts";
import type { World } from "./world.ts";

/** Values of `app.kubernetes.io/name`, `app` or `k8s-app` that the usual controllers carry. */
const CONTROLLER_NAMES: ReadonlySet<string> = new Set([
  "ingress-nginx",
  "nginx-ingress",
  "traefik",
  "haproxy-ingress",
  "kubernetes-ingress",
  "contour",
  "envoy",
  "kong",
  "ambassador",
  "emissary-ingress",
  "apisix",
  "istio-ingressgateway",
  "istio-gateway",
  "envoy-gateway",
  "nginx-gateway",
  "cilium-envoy",
  "router",
]);
const NAME_LABELS = [
  "app.kubernetes.io/name",
  "app",
  "k8s-app",
  "ingresscontroller.operator.openshift.io/deployment-ingresscontroller",
];

export interface ForwardingPods {
  readonly pods: readonly Pod[];
  /** No controller is among the workloads: a pod that no policy knows stands for it. */
  readonly isAssumed: boolean;
}

/** The pods that forward traffic from outside; O(pods). */
export function forwardingPods(world: World): ForwardingPods {
  const pods = world.inventory.workloads.flatMap((workload) =>
    workload.pods.filter(({ labels }) => NAME_LABELS.some((label) => isControllerName(label, labels?.[label]))),
  );
  return pods.length > 0 ? { pods, isAssumed: false } : { pods: [STRANGER], isAssumed: true };
}

function isControllerName(label: string, value: string | null | undefined): boolean {
  return value != null && (label.startsWith("ingresscontroller.") || CONTROLLER_NAMES.has(value));
}
