// Baseline: containers must not take a port of the node. Zero is no port.
// pod-security-admission/policy/check_hostPorts.go

import { containersOf, type ContainerView } from "../../../../kubernetes/containers.ts";
import type { Container } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { containerOffender, type Offender } from "../offender.ts";
import { containerNames, type PodView } from "../pod-view.ts";
import { distinct, namedContainers, plural } from "../wording.ts";

export const hostPorts: Check = {
  id: "hostPorts",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

type Port = NonNullable<Container["ports"]>[number];

const takesHostPort = (port: Port): boolean => port?.hostPort != null && port.hostPort !== 0;

const usesHostPort = (container: Container | null | undefined): boolean =>
  container?.ports?.some(takesHostPort) ?? false;

function evaluate(pod: PodView): Violation | undefined {
  if (!pod.containers.some(usesHostPort)) return undefined;
  const names = containerNames(pod, (index) => usesHostPort(pod.containers[index]));
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
