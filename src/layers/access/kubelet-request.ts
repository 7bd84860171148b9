// What a request to the kubelet's own port asks the API server for (k/k pkg/kubelet/server/auth.go). One of the actions
// allowed is enough.

import { resourceAction, type ResourceAction } from "./action.ts";
import type { AccessFeatures } from "./minor-differences.ts";

const VERBS: ReadonlyMap<string, string> = new Map([
  ["POST", "create"],
  ["GET", "get"],
  ["PUT", "update"],
  ["PATCH", "patch"],
  ["DELETE", "delete"],
]);

const FINE_GRAINED: readonly (readonly [path: string, subresource: string])[] = [
  ["/pods", "pods"],
  ["/healthz", "healthz"],
  ["/configz", "configz"],
  ["/runningpods", "pods"],
  ["/allocatedPods", "pods"],
];

const OWN: readonly (readonly [path: string, subresource: string])[] = [
  ["/stats", "stats"],
  ["/metrics", "metrics"],
  ["/logs", "log"],
  ["/checkpoint", "checkpoint"],
  ["/statusz", "statusz"],
  ["/flagz", "configz"],
];

/** The actions on the node's subresources, the narrowest first. Anything without one of its own is nodes/proxy. */
export function kubeletActions(
  features: AccessFeatures,
  node: string,
  method: string,
  path: string,
): readonly ResourceAction[] {
  const verb = VERBS.get(method) ?? "";
  const isBelow = ([prefix]: readonly [string, string]) => path === prefix || path.startsWith(`${prefix}/`);
  const isServed = ([prefix]: readonly [string, string]) =>
    prefix !== "/allocatedPods" || features.kubeletAllocatedPods;
  const fine = features.fineGrainedKubelet ? FINE_GRAINED.find((one) => isBelow(one) && isServed(one)) : undefined;
  const own = OWN.find(isBelow)?.[1] ?? "proxy";
  const subresources = fine === undefined ? [own] : [fine[1], own];
  return subresources.map((subresource) => resourceAction(verb, "nodes", { subresource, name: node }));
}
