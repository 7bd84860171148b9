// What the API server fills into pods before admission sees them, as far as a verdict depends on it
// (kubernetes/pkg/apis/core/v1/defaults.go). Nothing is changed in place: an object that needs no default is returned.

import type { KubernetesMinor } from "./kubernetes-version.ts";
import { VOLUME_SOURCES, type Container, type PodSpec, type PodTemplate, type Volume } from "./pod.ts";

/** From this minor on, host ports are filled into Pods only, no longer into the templates of controllers. */
const HOST_PORTS_IN_PODS_ONLY: KubernetesMinor = 28;

/**
 * A Pod with its defaults: a volume without a source is an emptyDir, and in the node's network each containerPort of a
 * regular or init container is a hostPort too.
 */
export function defaultPod<T extends PodTemplate>(pod: T): T {
  return withSpec(pod, (spec) => defaultHostPorts(defaultVolumes(spec)));
}

/**
 * The template of a controller with its defaults. Host ports are filled in up to v1.27 only; without a `minor` the
 * newest known holds.
 */
export function defaultTemplate<T extends PodTemplate>(template: T, minor?: KubernetesMinor): T {
  const fillsHostPorts = minor !== undefined && minor < HOST_PORTS_IN_PODS_ONLY;
  return fillsHostPorts ? defaultPod(template) : withSpec(template, defaultVolumes);
}

function withSpec<T extends PodTemplate>(pod: T, change: (spec: PodSpec) => PodSpec): T {
  if (pod.spec == null) return pod;
  const spec = change(pod.spec);
  return spec === pod.spec ? pod : { ...pod, spec };
}

function defaultVolumes(spec: PodSpec): PodSpec {
  if (spec.volumes == null || spec.volumes.every(hasSource)) return spec;
  return { ...spec, volumes: spec.volumes.map((volume) => (hasSource(volume) ? volume : { ...volume, emptyDir: {} })) };
}

function hasSource(volume: Volume | null): boolean {
  // A shape's field names are exactly the keys of its type.
  return volume !== null && (VOLUME_SOURCES as readonly (keyof Volume)[]).some((source) => volume[source] != null);
}

// Ephemeral containers get no default: they may not have ports.
function defaultHostPorts(spec: PodSpec): PodSpec {
  if (spec.hostNetwork !== true) return spec;
  const inContainers = spec.containers?.some(lacksHostPort) ?? false;
  const inInitContainers = spec.initContainers?.some(lacksHostPort) ?? false;
  if (!inContainers && !inInitContainers) return spec;
  return {
    ...spec,
    ...(inContainers && spec.containers != null ? { containers: spec.containers.map(withHostPorts) } : {}),
    ...(inInitContainers && spec.initContainers != null
      ? { initContainers: spec.initContainers.map(withHostPorts) }
      : {}),
  };
}

type Port = NonNullable<Container["ports"]>[number];

const isWithoutHostPort = (port: Port): boolean => (port?.hostPort ?? 0) === 0 && (port?.containerPort ?? 0) !== 0;

const lacksHostPort = (container: Container | null): boolean => container?.ports?.some(isWithoutHostPort) ?? false;

function withHostPorts(container: Container | null): Container | null {
  if (container?.ports == null || !lacksHostPort(container)) return container;
  const ports = container.ports.map((port) =>
    isWithoutHostPort(port) ? { ...port, hostPort: port?.containerPort ?? 0 } : port,
  );
  return { ...container, ports };
}
