// The kubelet's probes and lifecycle handlers that connect to a pod: from its own node.

import { containersOf } from "../../../kubernetes/containers.ts";
import type { Container, Probe } from "../../../kubernetes/pod.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { NeedPort } from "../generate/need.ts";
import { workloadEnd, type NeedNotes } from "./need-notes.ts";
import type { Surroundings } from "./surroundings.ts";

const PROBES = ["startupProbe", "readinessProbe", "livenessProbe"] as const;
const HOOKS = ["postStart", "preStop"] as const;

export function noteProbeNeeds({ specs }: Surroundings, notes: NeedNotes): void {
  for (const { workload, resource, templatePath, spec } of specs) {
    const note = (port: NeedPort | undefined, path: Path): void => {
      if (port !== undefined)
        notes.need({ kind: "nodes" }, workloadEnd(workload.id), port, { kind: "probe", resource, path });
    };
    for (const { container, path } of containersOf(spec)) {
      const at = [...templatePath, "spec", ...path];
      for (const probe of PROBES) note(probedPort(container[probe], container), [...at, probe]);
      for (const hook of HOOKS) note(probedPort(container.lifecycle?.[hook], container), [...at, "lifecycle", hook]);
    }
  }
}

type Handler = Pick<Probe, "httpGet" | "tcpSocket"> & { readonly grpc?: Probe["grpc"] };

/** `undefined` for commands, which run inside, and for probes of another host. */
function probedPort(handler: Handler | null | undefined, container: Container): NeedPort | undefined {
  const { httpGet, tcpSocket, grpc } = handler ?? {};
  if (httpGet?.host || tcpSocket?.host) return undefined;
  const port = httpGet?.port ?? tcpSocket?.port ?? grpc?.port;
  if (port == null) return undefined;
  const number = typeof port === "number" ? port : numberOf(port, container);
  return number === undefined ? undefined : { kind: "number", protocol: "TCP", port: number };
}

/** A probe's port name is looked up in its own container. */
function numberOf(name: string, { ports }: Container): number | undefined {
  if (/^\d{1,5}$/.test(name)) return Number(name);
  return ports?.find((port) => port?.name === name)?.containerPort ?? undefined;
}
