// Makes a random pod one that API validation takes (kubernetes/pkg/apis/core/validation/validation.go), by changing as
// little as it can. What slips through is refused by the server, and discarded.

import type { RandomPod } from "./pods.ts";
import type { Json, JsonObject } from "./sparse.ts";

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export function repairPod(pod: RandomPod): RandomPod {
  const taken = new Set<string>();
  const used = new Set<string>();
  const hostNetwork = pod.spec["hostNetwork"] === true;
  const inNode = hostNetwork || pod.spec["hostPID"] === true || pod.spec["hostIPC"] === true;
  const hostUsers = inNode ? undefined : pod.spec["hostUsers"];
  const repair = (container: JsonObject): JsonObject => {
    const named = { ...container, name: freeName(String(container["name"]), taken) };
    return repairPorts(repairContext(named, hostUsers === false), hostNetwork, used);
  };
  const containers = objectsIn(pod.spec["containers"]).map(repair);
  const initContainers = objectsIn(pod.spec["initContainers"]).map(repair);
  const spec = {
    ...pod.spec,
    hostUsers,
    containers,
    initContainers: initContainers.length === 0 ? undefined : initContainers,
    securityContext: repairSysctls(pod.spec["securityContext"], hostNetwork, pod.spec["hostIPC"] === true),
  };
  const annotations = repairAnnotations(pod.metadata["annotations"], [...initContainers, ...containers]);
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted.slice(0, 60)}-${count}`;
  taken.add(name);
  return name;
}

/** A container that refuses escalation may not ask for it otherwise; /proc may be unmasked in a user namespace only. */
export function repairContext(container: JsonObject, hasUserNamespace: boolean): JsonObject {
  const context = container["securityContext"];
  if (!isObject(context)) return container;
  const capabilities = context["capabilities"];
  const added = isObject(capabilities) && Array.isArray(capabilities["add"]) ? capabilities["add"] : [];
  const escalates = context["privileged"] === true || added.includes("SYS_ADMIN");
  const refusesEscalation = context["allowPrivilegeEscalation"] === false;
  const isUnmasked = context["procMount"] === "Unmasked";
  return {
    ...container,
    securityContext: {
      ...context,
      ...(escalates && refusesEscalation ? { allowPrivilegeEscalation: undefined } : {}),
      ...(isUnmasked && !hasUserNamespace ? { procMount: "Default" } : {}),
    },
  };
}

/** No port twice, and in the node's network the port of the container is the port of the node. */
function repairPorts(container: JsonObject, hostNetwork: boolean, used: Set<string>): JsonObject {
  const ports = objectsIn(container["ports"]).filter((port) => {
    const isTaken = hostNetwork || Boolean(port["hostPort"]);
    const key = `${String(hostNetwork ? port["containerPort"] : port["hostPort"])}/${String(port["protocol"] ?? "TCP")}`;
    if (isTaken && used.has(key)) return false;
    if (isTaken) used.add(key);
    return true;
  });
  if (ports.length === 0) return { ...container, ports: undefined };
  const inNode = (port: JsonObject): JsonObject =>
    hostNetwork && Boolean(port["hostPort"]) ? { ...port, hostPort: port["containerPort"] } : port;
  return { ...container, ports: ports.map(inNode) };
}

/** Sysctls of a namespace that the pod shares with the node are refused. */
function repairSysctls(context: Json | undefined, hostNetwork: boolean, hostIPC: boolean): Json | undefined {
  if (!isObject(context) || !Array.isArray(context["sysctls"])) return context;
  const sysctls = objectsIn(context["sysctls"]).filter(({ name }) => {
    const isNetwork = String(name).startsWith("net");
    return isNetwork ? !hostNetwork : !hostIPC;
  });
  return { ...context, sysctls };
}

/** Gives the annotations for containers the names of containers, and drops those that their fields contradict. */
function repairAnnotations(annotations: Json | undefined, containers: readonly JsonObject[]): Json | undefined {
  if (!isObject(annotations)) return annotations;
  const repaired: Record<string, Json> = {};
  for (const [key, value] of Object.entries(annotations)) {
    const [, prefix, index] = /^(container\..*\/)(\d)$/.exec(key) ?? [];
    const container = containers[Number(index ?? -1)];
    if (value === undefined || value === null) continue;
    if (prefix === undefined) repaired[key] = value;
    else if (container !== undefined && !hasProfile(container)) repaired[prefix + String(container["name"])] = value;
  }
  return repaired;
}

function hasProfile(container: JsonObject): boolean {
  const context = container["securityContext"];
  return isObject(context) && (isObject(context["appArmorProfile"]) || isObject(context["seccompProfile"]));
}
