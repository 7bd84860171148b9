// The ports that containers declare, named or not, and those they take on their node.

import type { Resource } from "../../../cluster/resource.ts";
import { containersOf } from "../../../kubernetes/containers.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import { podTemplatesOf } from "../../../kubernetes/pod-template.ts";
import { array, boolean, integer, narrow, object, string } from "../../../kubernetes/shape.ts";
import { union } from "../interval-set.ts";
import type { Workload } from "../pod.ts";
import { isProtocol, NO_PORTS, portRange, type PortSet, type Protocol } from "../port-set.ts";

const containerPorts = array(
  object({
    restartPolicy: string,
    ports: array(object({ containerPort: integer, hostPort: integer, hostIP: string, protocol: string })),
  }),
);
const shape = object({
  spec: object({ hostNetwork: boolean, initContainers: containerPorts, containers: containerPorts }),
});

export interface DeclaredPort {
  readonly protocol: Protocol;
  readonly port: number;
  /** On the node; `undefined` where the container takes none. */
  readonly hostPort: number | undefined;
  /** The address of the node that it is bound to; empty for every one. */
  readonly hostAddress: string;
}

const known = new WeakMap<object, readonly DeclaredPort[]>();

/** Of regular containers and native sidecars, in all templates of an object. */
function declaredIn({ object: whole }: Resource): readonly DeclaredPort[] {
  const found = known.get(whole);
  if (found !== undefined) return found;
  const ports = podTemplatesOf(whole).flatMap(({ path }): readonly DeclaredPort[] => {
    const narrowed = narrow(shape, path.length === 0 ? whole : valueAt(whole, path));
    if (!narrowed.ok) return [];
    const spec = narrowed.value.spec ?? {};
    return containersOf(spec).flatMap(({ kind, container }): readonly DeclaredPort[] => {
      if (kind !== "sidecar" && kind !== "regular") return [];
      return (container.ports ?? []).flatMap((one): readonly DeclaredPort[] => {
        const protocol = one?.protocol ?? "TCP";
        const port = one?.containerPort;
        if (port == null || !isProtocol(protocol)) return [];
        const hostPort = spec.hostNetwork === true ? port : one?.hostPort || undefined; // 0 is none
        return [{ protocol, port, hostPort, hostAddress: one?.hostIP ?? "" }];
      });
    });
  });
  known.set(whole, ports);
  return ports;
}

export function declaredPorts({ pods }: Workload): readonly DeclaredPort[] {
  const resources = new Set(pods.flatMap(({ resource }) => resource ?? []));
  return [...resources].flatMap(declaredIn);
}

/** The ports some workloads declare together; `undefined` where one of them declares none. */
export function declaredByAll(workloads: Iterable<Workload>): PortSet | undefined {
  let set = NO_PORTS;
  for (const workload of workloads) {
    const ports = declaredPorts(workload);
    if (ports.length === 0) return undefined;
    for (const { protocol, port } of ports) set = union(set, portRange(protocol, port, port));
  }
  return set.length === 0 ? undefined : set;
}
