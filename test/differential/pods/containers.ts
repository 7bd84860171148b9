// Random containers of every kind, with what Pod Security reads of them: ports, probes, lifecycle, security context.

import fc, { type Arbitrary } from "fast-check";
import { containerSecurityContext } from "./security-contexts.ts";
import { anyText, sometimes, type JsonObject } from "./sparse.ts";

const host = fc.oneof({ weight: 2, arbitrary: fc.constantFrom("", "127.0.0.1", "probe.example") }, anyText);

function handler(percent: number): Arbitrary<JsonObject> {
  return fc.oneof(
    fc.record({ httpGet: fc.record({ port: fc.constantFrom(80, "http"), host: sometimes(percent, host) }) }),
    fc.record({ tcpSocket: fc.record({ port: fc.constant(80), host: sometimes(percent, host) }) }),
    fc.constant<JsonObject>({ exec: { command: ["true"] } }),
  );
}

const port = fc.record({
  containerPort: fc.constantFrom(80, 443, 8080, 9090, 10250),
  hostPort: fc.oneof(fc.constant(undefined), fc.constant(null), fc.constantFrom(0, 80, 443, 8080, 10250, 65535)),
  protocol: fc.constantFrom(undefined, "TCP", "UDP", "SCTP"),
});

const image = fc.constant("registry.example/app:1");
const name = fc.constantFrom("a", "b", "main", "main-1", "z9", "x".repeat(63));

function common(percent: number) {
  return { name, image, securityContext: sometimes(85, containerSecurityContext(percent)) };
}

function hooks(percent: number) {
  const probe = sometimes(percent, handler(percent));
  const lifecycle = fc.record({ postStart: probe, preStop: probe });
  return {
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: sometimes(percent, lifecycle),
  };
}

function ports(percent: number) {
  return { ports: sometimes(percent, fc.array(port, { maxLength: 3 })) };
}

export function regularContainer(percent: number): Arbitrary<JsonObject> {
  return fc.record({ ...common(percent), ...ports(percent), ...hooks(percent) });
}

/** An init container, or a sidecar, which alone of the two may have probes and hooks. */
export function initContainer(percent: number): Arbitrary<JsonObject> {
  return fc.oneof(
    fc.record({ ...common(percent), ...ports(percent) }),
    fc.record({ ...common(percent), ...ports(percent), ...hooks(percent), restartPolicy: fc.constant("Always") }),
  );
}

/** An ephemeral container may have neither ports nor probes. */
export function ephemeralContainer(percent: number): Arbitrary<JsonObject> {
  return fc.record(common(percent));
}
