// Baseline, since v1.34: probes and lifecycle handlers must not name a host, which the kubelet would then call from the
// node's network (httpGet and tcpSocket).
// pod-security-admission/policy/check_hostProbesAndhostLifecycle.go

import { containersOf } from "../../../../kubernetes/containers.ts";
import type { Path } from "../../../../kubernetes/path.ts";
import type { Container, LifecycleHandler } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { containerOffender, type Offender } from "../offender.ts";
import { containerNames, type PodView } from "../pod-view.ts";
import { distinct, namedContainers, plural, quoteAll } from "../wording.ts";

export const hostProbesAndHostLifecycle: Check = {
  id: "hostProbesAndHostLifecycle",
  level: "baseline",
  revisions: [{ since: 34, evaluate, locate }],
};

type Handler = Pick<LifecycleHandler, "httpGet" | "tcpSocket"> | null | undefined;

// A container keeps its name once in the message however often it offends, and names are sorted: unlike other checks.
function evaluate(pod: PodView): Violation | undefined {
  if (!pod.containers.some((container) => container != null && namesHost(container))) return undefined;
  const hosts = pod.containers.map((container) => hostsOf(container ?? {}));
  const names = distinct(containerNames(pod, (index) => hosts[index]?.length !== 0));
  const named = distinct(hosts.flatMap((found) => found.map(({ host }) => host)));
  const noun = plural(named.length, "probe or lifecycle host", "probe or lifecycle hosts");
  return {
    check: "hostProbesAndHostLifecycle",
    reason: "probe or lifecycle host",
    detail: `${namedContainers(names)} ${plural(names.length, "uses", "use")} ${noun} ${quoteAll(named)}`,
  };
}

function locate(pod: PodView): Offender[] {
  return containersOf(pod.spec).flatMap((view) =>
    hostsOf(view.container).map(({ field }) => containerOffender(view, field)),
  );
}

function namesHost(container: Container): boolean {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  return (
    (livenessProbe != null && callsHost(livenessProbe)) ||
    (readinessProbe != null && callsHost(readinessProbe)) ||
    (startupProbe != null && callsHost(startupProbe)) ||
    (lifecycle != null && (callsHost(lifecycle.postStart) || callsHost(lifecycle.preStop)))
  );
}

function callsHost(handler: Handler): boolean {
  return Boolean(handler?.httpGet?.host) || Boolean(handler?.tcpSocket?.host);
}

function hostsOf(container: Container): { readonly field: Path; readonly host: string }[] {
  const handlers: readonly (readonly [Path, Handler])[] = [
    [["livenessProbe"], container.livenessProbe],
    [["readinessProbe"], container.readinessProbe],
    [["startupProbe"], container.startupProbe],
    [["lifecycle", "postStart"], container.lifecycle?.postStart],
    [["lifecycle", "preStop"], container.lifecycle?.preStop],
  ];
  return handlers.flatMap(([field, handler]) => [
    ...hostAt([...field, "httpGet", "host"], handler?.httpGet?.host),
    ...hostAt([...field, "tcpSocket", "host"], handler?.tcpSocket?.host),
  ]);
}

function hostAt(field: Path, host: string | null | undefined): { readonly field: Path; readonly host: string }[] {
  return host == null || host === "" ? [] : [{ field, host }];
}
