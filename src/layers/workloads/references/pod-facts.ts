// What others need to know of a pod: its labels, the ports it declares, its containers.

import { containersOf, type ContainerView } from "../../../kubernetes/containers.ts";
import type { Labels } from "../../../kubernetes/label-selector.ts";
import { interned, internedPath, internedValues } from "../../../verdicts/interned.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";

export interface PodPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

export interface PodFacts {
  /** Of the template in the object. */
  readonly at: Path;
  readonly labels: Labels;
  /** Of the containers that run as long as the pod does, as Services and probes resolve them. */
  readonly ports: readonly PodPort[];
  /** Every long-running container declares a port: then a number that none declares means something. */
  readonly isEachContainerWithPorts: boolean;
  /** Names of the containers that run as long as the pod does. */
  readonly containers: readonly string[];
}

export function podFactsOf({ metadata, spec }: PodTemplate, at: Path): PodFacts {
  const running = containersOf(spec ?? {}).filter(isLongRunning);
  const ports = running.flatMap(({ container }) =>
    (container.ports ?? []).map((port) => ({
      name: interned(port?.name ?? ""),
      number: port?.containerPort ?? 0,
      protocol: interned(port?.protocol || "TCP"),
    })),
  );
  return {
    at: internedPath(at),
    labels: metadata?.labels == null ? undefined : internedValues(metadata.labels),
    ports: ports.length === 0 ? NO_PORTS : ports.slice(), // a list that grew keeps room for more
    isEachContainerWithPorts: running.every(({ container }) => (container.ports ?? []).length > 0),
    containers: running.map(({ name }) => interned(name)),
  };
}

const NO_PORTS: readonly PodPort[] = [];

function isLongRunning({ kind }: ContainerView): boolean {
  return kind === "regular" || kind === "sidecar";
}
