// Pods of an object: the Pod itself, or one pod per template with the labels its controller adds.

import type { Resource } from "../../cluster/resource.ts";
import { containersIn, containersOf } from "../../kubernetes/containers.ts";
import { networkPod, type NetworkPod } from "../../kubernetes/network.ts";
import { valueAt } from "../../kubernetes/path.ts";
import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import { array, integer, map, narrow, object, string, type ShapeProblem } from "../../kubernetes/shape.ts";
import { parseAddress, type AddressPoint } from "./address.ts";
import { notesOn, type NetworkDiagnostic } from "./diagnostic.ts";
import type { NamedPort, Pod } from "./pod.ts";
import { isPortNumber, isProtocol } from "./port-set.ts";

export interface ReadPods {
  readonly pods: readonly Pod[];
  readonly diagnostics: readonly NetworkDiagnostic[];
}

/** A label value that no selector names: the controller sets it, but not to anything known. */
const SET_BY_CONTROLLER = "\u0000";
const MOST_ORDINALS = 16;

const NOTHING: ReadPods = { pods: [], diagnostics: [] };

/** The pods an object is or makes; none for kinds without pods, finished pods and finished Jobs. */
export function readPods(resource: Resource): ReadPods {
  if (resource.id.group === "kubevirt.io") return readVirtualMachine(resource);
  if (resource.id.kind === "PodTemplate") return NOTHING; // nobody runs it
  const places = podTemplatesOf(resource.object);
  if (places.length === 0) return NOTHING;
  const [only] = places;
  if (places.length === 1 && only?.isPod === true) return readLivePod(resource);
  const pods: Pod[] = [];
  const diagnostics: NetworkDiagnostic[] = [];
  for (const { path } of places) {
    const narrowed = narrow(networkPod, path.length === 0 ? resource.object : valueAt(resource.object, path), path);
    if (!narrowed.ok) diagnostics.push(...malformed(resource, narrowed.problems));
    else pods.push(...templatePods(resource, narrowed.value));
  }
  return { pods, diagnostics };
}

function malformed(resource: Resource, problems: readonly ShapeProblem[]): readonly NetworkDiagnostic[] {
  const notes = notesOn(resource);
  for (const { path, expected, found } of problems) notes.add("refused", "malformed-field", path, { expected, found });
  return notes.all;
}

function readLivePod(resource: Resource): ReadPods {
  const narrowed = narrow(networkPod, resource.object);
  if (!narrowed.ok) return { pods: [], diagnostics: malformed(resource, narrowed.problems) };
  const pod = livePod(resource, narrowed.value);
  return pod === undefined ? NOTHING : { pods: [pod], diagnostics: NOTHING.diagnostics };
}

/** Succeeded and Failed pods keep an address that may already be another pod's. */
function livePod(resource: Resource, pod: NetworkPod): Pod | undefined {
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed") return undefined;
  const { podIP, podIPs, hostIP, hostIPs } = pod.status ?? {};
  const addresses = addressesOf(podIP, podIPs);
  const nodeAddresses = addressesOf(hostIP, hostIPs);
  const isHostNetwork = pod.spec?.hostNetwork === true;
  return {
    namespace: resource.id.namespace,
    name: resource.id.name,
    labels: pod.metadata?.labels,
    ports: namedPortsOf(pod),
    addresses: isHostNetwork && addresses.length === 0 ? nodeAddresses : addresses,
    node: pod.spec?.nodeName || undefined,
    nodeAddresses,
    isHostNetwork,
    isTemplate: false,
    resource,
  };
}

const NO_ADDRESSES: readonly AddressPoint[] = [];

/** The first of the list is the single field again; either may be missing in a hand-written object. */
function addressesOf(
  single: string | null | undefined,
  list: readonly ({ readonly ip?: string | null } | null)[] | null | undefined,
): readonly AddressPoint[] {
  if (single == null && list == null) return NO_ADDRESSES;
  if (list == null || (list.length === 1 && single === list[0]?.ip)) {
    const point = single == null ? undefined : parseAddress(single)?.point;
    return point === undefined ? NO_ADDRESSES : [point];
  }
  const points: AddressPoint[] = [];
  const add = (text: string | null | undefined): void => {
    const point = text == null ? undefined : parseAddress(text)?.point;
    if (point !== undefined && !points.includes(point)) points.push(point);
  };
  if (single !== list?.[0]?.ip) add(single);
  for (const entry of list ?? []) add(entry?.ip);
  return points;
}

function podOf(resource: Resource, pod: NetworkPod): Pod {
  return {
    namespace: resource.id.namespace,
    name: resource.id.name,
    labels: pod.metadata?.labels,
    ports: namedPortsOf(pod),
    addresses: [],
    node: undefined,
    nodeAddresses: [],
    isHostNetwork: pod.spec?.hostNetwork === true,
    isTemplate: true,
    resource,
  };
}

type ContainerPorts = NonNullable<NonNullable<NonNullable<NetworkPod["spec"]>["containers"]>[number]>;
const NO_NAMED_PORTS: readonly NamedPort[] = [];
const NO_CONTAINER_PORTS: readonly null[] = [];

function namedPortsOf(pod: NetworkPod): readonly NamedPort[] {
  const spec = pod.spec ?? {};
  let ports: NamedPort[] | undefined;
  const addPorts = (container: ContainerPorts | null): void => {
    for (const port of container?.ports ?? NO_CONTAINER_PORTS) {
      const protocol = port?.protocol ?? "TCP";
      if (!port?.name || port.containerPort == null || !isProtocol(protocol)) continue;
      if (!isPortNumber(port.containerPort)) continue;
      const named = { name: port.name, protocol, port: port.containerPort };
      if (ports === undefined) ports = [named];
      else ports.push(named);
    }
  };
  if (!spec.initContainers?.length) {
    for (const container of containersIn({ containers: spec.containers ?? null })) addPorts(container);
    return ports ?? NO_NAMED_PORTS;
  }
  // A Service takes the first port of a name: regular containers go before sidecars (pkg/api/v1/pod FindPort).
  const views = containersOf(spec);
  for (const wanted of ["regular", "sidecar"] as const)
    for (const { kind, container } of views) if (kind === wanted) addPorts(container);
  return ports ?? NO_NAMED_PORTS;
}

function templatePods(resource: Resource, template: NetworkPod): readonly Pod[] {
  const { kind, name } = resource.id;
  if (isFinishedJob(resource)) return [];
  const pod = podOf(resource, template);
  const withLabels = (added: Record<string, string>): Pod => ({ ...pod, labels: { ...added, ...pod.labels } });
  switch (kind) {
    case "Deployment":
      return [withLabels({ "pod-template-hash": SET_BY_CONTROLLER })];
    case "DaemonSet":
      return [
        withLabels({ "controller-revision-hash": SET_BY_CONTROLLER, "pod-template-generation": SET_BY_CONTROLLER }),
      ];
    case "StatefulSet":
      return ordinalsOf(resource).map((ordinal) =>
        withLabels({
          "controller-revision-hash": SET_BY_CONTROLLER,
          "statefulset.kubernetes.io/pod-name": ordinal === "" ? SET_BY_CONTROLLER : `${name}-${ordinal}`,
          "apps.kubernetes.io/pod-index": ordinal === "" ? SET_BY_CONTROLLER : ordinal,
        }),
      );
    case "Job":
      return [withLabels(jobLabels(name))];
    case "CronJob":
      return [withLabels(jobLabels(SET_BY_CONTROLLER))];
    default:
      return [pod];
  }
}

function jobLabels(jobName: string): Record<string, string> {
  return {
    "job-name": jobName,
    "batch.kubernetes.io/job-name": jobName,
    "controller-uid": SET_BY_CONTROLLER,
    "batch.kubernetes.io/controller-uid": SET_BY_CONTROLLER,
  };
}

const jobStatus = object({ status: object({ conditions: array(object({ type: string, status: string })) }) });

function isFinishedJob(resource: Resource): boolean {
  if (resource.id.kind !== "Job") return false;
  const job = narrow(jobStatus, resource.object);
  if (!job.ok) return false;
  return (job.value.status?.conditions ?? []).some(
    (condition) => condition?.status === "True" && (condition.type === "Complete" || condition.type === "Failed"),
  );
}

const statefulSetSize = object({ spec: object({ replicas: integer, ordinals: object({ start: integer }) }) });

/** Ordinals as text; an empty text stands for all beyond the first sixteen. */
function ordinalsOf(resource: Resource): readonly string[] {
  const set = narrow(statefulSetSize, resource.object);
  const replicas = set.ok ? (set.value.spec?.replicas ?? 1) : 1;
  const start = set.ok ? (set.value.spec?.ordinals?.start ?? 0) : 0;
  const listed = Array.from({ length: Math.min(replicas, MOST_ORDINALS) }, (_, index) => `${start + index}`);
  return replicas > MOST_ORDINALS || listed.length === 0 ? [...listed, ""] : listed;
}

const virtualMachineTemplate = object({ metadata: object({ labels: map(string) }) });

/** KubeVirt puts a virtual machine's template labels on the pod that runs it. */
function readVirtualMachine(resource: Resource): ReadPods {
  const { kind } = resource.id;
  if (kind !== "VirtualMachine" && kind !== "VirtualMachineInstance") return NOTHING;
  const path = kind === "VirtualMachine" ? ["spec", "template"] : [];
  const template = narrow(virtualMachineTemplate, valueAt(resource.object, path), path);
  return template.ok
    ? { pods: [podOf(resource, template.value)], diagnostics: [] }
    : { pods: [], diagnostics: malformed(resource, template.problems) };
}
