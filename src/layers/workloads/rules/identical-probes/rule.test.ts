import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const probes = (livenessProbe: object, readinessProbe: object): object =>
  podOf({ containers: [{ name: "a", livenessProbe, readinessProbe }] });
const http = { httpGet: { path: "/", port: 80 } };

test("the order of fields means nothing, thresholds do", () => {
  expect(
    keysOf(rule, probes({ ...http, periodSeconds: 5 }, { periodSeconds: 5, httpGet: { port: 80, path: "/" } })),
  ).toEqual(["a"]);
  expect(keysOf(rule, probes({ ...http, failureThreshold: 6 }, http))).toEqual([]);
});

test("defaults are filled in", () => {
  expect(
    keysOf(rule, probes({ ...http, periodSeconds: 10, failureThreshold: null }, { ...http, failureThreshold: 3 })),
  ).toEqual(["a"]);
});

test("sidecars and regular containers are asked", () => {
  expect(keysOf(rule, podOf(everyContainer({ livenessProbe: http, readinessProbe: http })))).toEqual([
    "sidecar",
    "main",
  ]);
});
