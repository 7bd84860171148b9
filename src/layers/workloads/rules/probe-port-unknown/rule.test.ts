import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("sidecars and regular containers are asked, each by itself", () => {
  expect(keysOf(rule, podOf(everyContainer({ livenessProbe: { tcpSocket: { port: "x" } } })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("names are found, numbers need no declaration, also as text", () => {
  const container = {
    name: "a",
    ports: [{ name: "http", containerPort: 80 }],
    livenessProbe: { httpGet: { port: "http" } },
    readinessProbe: { httpGet: { port: 81 } },
    startupProbe: { tcpSocket: { port: "82" } },
    lifecycle: { preStop: { httpGet: { port: "admin" } } },
  };
  expect(evidenceOf(rule, podOf({ containers: [container] }))).toEqual([
    'spec.containers[0].lifecycle.preStop.httpGet.port: "admin"',
  ]);
});
