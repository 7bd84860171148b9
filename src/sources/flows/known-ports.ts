// Ports that somebody of the cluster is known to listen on: container ports, probes' named ports, target ports of
// Services. They tell which end of a flow is the server.

import { containersOf } from "../../kubernetes/containers.ts";
import { networkPod } from "../../kubernetes/network.ts";
import { valueAt } from "../../kubernetes/path.ts";
import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import { narrow } from "../../kubernetes/shape.ts";
import type { Network, Pod } from "../../layers/network/network.ts";
import { isProtocol, type Protocol } from "../../layers/network/port-set.ts";

export interface KnownPorts {
  readonly has: (workload: string, protocol: Protocol, port: number) => boolean;
}

/** O(pods + endpoints of Services). */
export function knownPorts(network: Network): KnownPorts {
  const known = new Set<string>();
  const workloadOf = new Map<Pod, string>();
  for (const { id, pods } of network.workloads) {
    for (const pod of pods) {
      workloadOf.set(pod, id);
      for (const port of containerPortsOf(pod)) known.add(`${id} ${port}`);
    }
  }
  for (const { ports } of network.services().all) {
    for (const { targets, protocol } of ports) {
      for (const { pod, port } of targets) known.add(`${workloadOf.get(pod)} ${protocol} ${port}`);
    }
  }
  return { has: (workload, protocol, port) => known.has(`${workload} ${protocol} ${port}`) };
}

/** `TCP 8080`; of live pods and templates alike. */
function containerPortsOf({ resource }: Pod): readonly string[] {
  if (resource === undefined) return [];
  return podTemplatesOf(resource.object).flatMap(({ path }) => {
    const template = narrow(networkPod, path.length === 0 ? resource.object : valueAt(resource.object, path));
    if (!template.ok) return [];
    return containersOf(template.value.spec ?? {}).flatMap(({ container }) =>
      (container.ports ?? []).flatMap((port) => {
        const protocol = port?.protocol ?? "TCP";
        return port?.containerPort == null || !isProtocol(protocol) ? [] : [`${protocol} ${port.containerPort}`];
      }),
    );
  });
}
