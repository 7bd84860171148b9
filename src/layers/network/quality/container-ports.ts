// The ports that containers declare, named or not, and those they take on their node.

import type { Resource } from "../../../cluster/resource.ts";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import { podTemplatesOf } from "../../../kubernetes/pod-template.ts";
import { union } from "../interval-set.ts";
import type { Workload } from "../pod.ts";
import { isProtocol, NO_PORTS, portPoint, type PortSet, type Protocol } from "../port-set.ts";

/** As the engine's reader of pods narrowed it; what else a port has is looked at before it is used. */
interface PodFields {
  readonly spec?: {
    readonly hostNetwork?: boolean | null;
    readonly initContainers?: readonly (ContainerFields | null)[] | null;
    readonly containers?: readonly (ContainerFields | null)[] | null;
  } | null;
}

interface ContainerFields {
  readonly restartPolicy?: string | null;
  readonly ports?: readonly (PortFields | null)[] | null;
}

interface PortFields {
  readonly containerPort?: number | null;
  readonly protocol?: string | null;
  readonly hostPort?: unknown;
  readonly hostIP?: unknown;
}

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
  let found = known.get(whole);
  if (found === undefined) known.set(whole, (found = readPorts(whole)));
  return found;
}

function readPorts(whole: KubernetesObject): readonly DeclaredPort[] {
  const found: DeclaredPort[] = [];
  for (const { path } of podTemplatesOf(whole)) {
    const { spec } = (valueAt(whole, path) ?? {}) as PodFields; // pods of the engine were narrowed by its reader
    for (const container of spec?.initContainers ?? []) {
      if (container?.restartPolicy === "Always") addPorts(found, container, spec?.hostNetwork === true);
    }
    for (const container of spec?.containers ?? []) addPorts(found, container, spec?.hostNetwork === true);
  }
  return found;
}

function addPorts(found: DeclaredPort[], container: ContainerFields | null, isHost: boolean): void {
  for (const one of container?.ports ?? []) {
    const protocol = one?.protocol ?? "TCP";
    const port = one?.containerPort;
    if (port == null || !isProtocol(protocol)) continue;
    const written = typeof one?.hostPort === "number" && one.hostPort > 0 ? one.hostPort : undefined;
    const hostAddress = typeof one?.hostIP === "string" ? one.hostIP : "";
    found.push({ protocol, port, hostPort: isHost ? port : written, hostAddress });
  }
}

/** Whether containers take ports of their node; cheaper than to list them, and seldom so. */
export function takesNodePorts({ pods }: Workload): boolean {
  const resource = pods[0]?.resource;
  if (resource === undefined) return false;
  for (const { path } of podTemplatesOf(resource.object)) {
    const { spec } = (valueAt(resource.object, path) ?? {}) as PodFields; // as above
    if (spec?.hostNetwork === true || (spec?.initContainers ?? []).some(takesNodePort)) return true;
    for (const container of spec?.containers ?? []) if (takesNodePort(container)) return true;
  }
  return false;
}

function takesNodePort(container: ContainerFields | null): boolean {
  for (const port of container?.ports ?? []) if (port?.hostPort != null) return true;
  return false;
}

export function declaredPorts({ pods }: Workload): readonly DeclaredPort[] {
  const [first] = pods;
  if (pods.length === 1 && first?.resource !== undefined) return declaredIn(first.resource);
  const resources = new Set(pods.flatMap(({ resource }) => resource ?? []));
  return [...resources].flatMap(declaredIn);
}

/** The ports some workloads declare together; `undefined` where one of them declares none. */
export function declaredByAll(workloads: Iterable<Workload>): PortSet | undefined {
  const points = new Set<number>();
  for (const workload of workloads) {
    const ports = declaredPorts(workload);
    if (ports.length === 0) return undefined;
    for (const { protocol, port } of ports) points.add(portPoint(protocol, port));
  }
  if (points.size === 0) return undefined;
  return [...points].reduce<PortSet>((set, point) => union(set, [point, point + 1]), NO_PORTS);
}
