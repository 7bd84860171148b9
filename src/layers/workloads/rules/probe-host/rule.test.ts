import { expect, test } from "vitest";
import { everyContainer, evidenceOf, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ livenessProbe: { tcpSocket: { host: "h", port: 1 } } })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("handlers count like probes, and one container is one finding", () => {
  const container = {
    name: "a",
    startupProbe: { httpGet: { host: "h" } },
    lifecycle: { postStart: { tcpSocket: { host: "i" } }, preStop: { httpGet: { host: "" } } },
  };
  expect(keysOf(rule, podOf({ containers: [container] }))).toEqual(["a"]);
  expect(evidenceOf(rule, podOf({ containers: [container] }))).toEqual([
    'spec.containers[0].startupProbe.httpGet.host: "h"',
    'spec.containers[0].lifecycle.postStart.tcpSocket.host: "i"',
  ]);
});

test("before Kubernetes 1.34 nothing asks for it", () => {
  const pod = podOf({ containers: [{ name: "a", livenessProbe: { httpGet: { host: "h" } } }] });
  expect([isNotApplicable(rule, pod, 33), isNotApplicable(rule, pod, 34)]).toEqual([true, false]);
});
