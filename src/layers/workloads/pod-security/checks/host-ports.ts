// Baseline: containers must not take a port of the node. Zero is no port.
// pod-security-admission/policy/check_hostPorts.go

import { containersOf, type ContainerView } from "../../../../kubernetes/containers.ts";
import type { Container } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { containerOffender, type Offender } from "../offender.ts";
import { containerName, type PodView } from "../pod-view.ts";
import { distinct, namedContainers, plural } from "../wording.ts";

export const hostPorts: Check = {
  id: "hostPorts",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

type Port = NonNullable<Container["ports"]>[number];

const takesHostPort = (port: Port): boolean => port?.hostPort != null && port.hostPort !== 0;

function evaluate(pod: PodView): Violation | undefined {
  let names: string[] | undefined;
  for (let index = 0; index < pod.containers.length; index++) {
    const ports = pod.containers[index]?.ports;
    if (ports != null && ports.some(takesHostPort)) (names ??= []).push(containerName(pod, index));
  }
  if (names === undefined) return undefined;
  const taken = distinct(hostPortsOf(pod));
  const use = plural(names.length, "uses", "use");
  return {
    check: "hostPorts",
    reason: "hostPort",
    detail: `${namedContainers(names)} ${use} ${plural(taken.length, "hostPort", "hostPorts")} ${taken.join(", ")}`,
  };
}

function hostPortsOf(pod: PodView): string[] {
  return pod.containers.flatMap((container) =>
    (container?.ports ?? []).filter(takesHostPort).map((port) => String(port?.hostPort)),
  );
}

function locate(pod: PodView): Offender[] {
  return containersOf(pod.spec).flatMap(locateIn);
}

function locateIn(view: ContainerView): Offender[] {
  return (view.container.ports ?? []).flatMap((port, index) =>
    takesHostPort(port) ? [containerOffender(view, ["ports", index, "hostPort"])] : [],
  );
}
