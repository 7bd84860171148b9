import { expect, test } from "vitest";
import { evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const on = (name: string, ...ports: readonly object[]): object => ({ name, ports });

test("across containers, by number and protocol", () => {
  const containers = [
    on("a", { containerPort: 80 }, { containerPort: 53, protocol: "UDP" }),
    on("b", { containerPort: 53 }, { containerPort: 80, protocol: "TCP" }),
  ];
  expect(evidenceOf(rule, podOf({ containers }))).toEqual(["spec.containers[1].ports[1].containerPort: 80"]);
  expect(keysOf(rule, podOf({ containers }))).toEqual(["b"]);
});

test("a sidecar runs beside the others, an init container before them", () => {
  const initContainers = [
    { ...on("sidecar", { containerPort: 80 }), restartPolicy: "Always" },
    on("init", { containerPort: 80 }),
  ];
  expect(keysOf(rule, podOf({ initContainers, containers: [on("a", { containerPort: 80 })] }))).toEqual(["a"]);
});
