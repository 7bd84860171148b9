// Doors that speak without encryption: HTTP listeners of Gateways that do more than redirect to HTTPS (Gateway API
// `gateway_types.go`, `httproute_types.go`), and OpenShift Routes without TLS.

import type { Resource } from "../../../cluster/resource.ts";
import { array, integer, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import { evidenceAt } from "../policy-reach.ts";
import type { NetworkFault } from "../network-rule.ts";
import type { NetworkView } from "../network-view.ts";

const gateway = object({
  spec: object({ listeners: array(object({ name: string, protocol: string, port: integer })) }),
});

const route = object({
  spec: object({
    parentRefs: array(object({ kind: string, namespace: string, name: string, sectionName: string, port: integer })),
    rules: array(object({ filters: array(object({ type: string, requestRedirect: object({ scheme: string }) })) })),
  }),
});
type RouteSpec = NonNullable<TypeOf<typeof route>["spec"]>;

const openShiftRoute = object({
  spec: object({ tls: object({ termination: string, insecureEdgeTerminationPolicy: string }) }),
});

export interface JudgedDoor {
  readonly resource: Resource;
  /** As the engine keeps it. */
  readonly whole: Resource;
}

/** Gateways and OpenShift Routes. */
export function listeningDoors({ network, originalOf }: NetworkView): readonly JudgedDoor[] {
  return network.world.inventory.exposures
    .filter(({ id }) => id.kind === "Gateway" || id.kind === "Route")
    .map((whole) => ({ resource: originalOf(whole), whole }));
}

export function* plainListeners({ whole }: JudgedDoor, view: NetworkView): Generator<NetworkFault> {
  if (whole.id.kind === "Route") yield* plainRoute(whole);
  const narrowed = whole.id.kind === "Gateway" ? narrow(gateway, whole.object) : undefined;
  if (narrowed?.ok !== true) return;
  const routes = servingRoutes(view).get(`${whole.id.namespace}/${whole.id.name}`) ?? [];
  for (const [index, listener] of (narrowed.value.spec?.listeners ?? []).entries()) {
    if (listener?.protocol !== "HTTP") continue;
    const serving = routes.find((one) => isAttached(one.parent, listener))?.resource;
    if (serving === undefined) continue; // nothing, or redirects only
    const original = view.originalOf(serving);
    const position = original.locate(["metadata", "name"]);
    const about = { path: ["metadata", "name"], value: original.id.name, resource: original.id };
    const name = listener.name ?? "";
    yield {
      key: name,
      arguments: { listener: name || `${listener.port ?? ""}` },
      evidence: [
        evidenceAt(whole.object, ["spec", "listeners", index, "protocol"]),
        { ...about, ...(position && { position }) },
      ],
    };
  }
}

function* plainRoute({ object: whole }: Resource): Generator<NetworkFault> {
  const narrowed = narrow(openShiftRoute, whole);
  if (!narrowed.ok) return;
  const { tls } = narrowed.value.spec ?? {};
  const policy = ["spec", "tls", "insecureEdgeTerminationPolicy"];
  if (tls != null && tls.insecureEdgeTerminationPolicy !== "Allow") return;
  yield { arguments: { listener: "http" }, evidence: [evidenceAt(whole, tls == null ? ["spec", "tls"] : policy)] };
}

interface Listener {
  readonly name?: string | null;
  readonly port?: number | null;
}

interface ServingRoute {
  readonly resource: Resource;
  readonly parent: NonNullable<NonNullable<RouteSpec["parentRefs"]>[number]>;
}

function isAttached({ sectionName, port }: ServingRoute["parent"], listener: Listener): boolean {
  return (!sectionName || sectionName === listener.name) && (port == null || port === listener.port);
}

const known = new WeakMap<NetworkView, ReadonlyMap<string, readonly ServingRoute[]>>();

/** Routes that do more than redirect to HTTPS, by the Gateway they are attached to. Worked out once. */
function servingRoutes(view: NetworkView): ReadonlyMap<string, readonly ServingRoute[]> {
  let found = known.get(view);
  if (found === undefined) known.set(view, (found = findRoutes(view.network.world.inventory.exposures)));
  return found;
}

function findRoutes(exposures: readonly Resource[]): ReadonlyMap<string, readonly ServingRoute[]> {
  const found = new Map<string, ServingRoute[]>();
  for (const resource of exposures) {
    const { kind, namespace } = resource.id;
    const narrowed = kind === "HTTPRoute" || kind === "GRPCRoute" ? narrow(route, resource.object) : undefined;
    const spec = narrowed?.ok === true ? narrowed.value.spec : undefined;
    if (spec == null || isRedirectOnly(spec)) continue;
    for (const parent of spec.parentRefs ?? []) {
      if (parent == null || (parent.kind ?? "Gateway") !== "Gateway") continue;
      const key = `${parent.namespace || namespace}/${parent.name ?? ""}`;
      const list = found.get(key);
      if (list === undefined) found.set(key, [{ resource, parent }]);
      else list.push({ resource, parent });
    }
  }
  return found;
}

function isRedirectOnly({ rules }: RouteSpec): boolean {
  return (
    (rules ?? []).length > 0 &&
    (rules ?? []).every((rule) =>
      (rule?.filters ?? []).some((one) => one?.type === "RequestRedirect" && one.requestRedirect?.scheme === "https"),
    )
  );
}
