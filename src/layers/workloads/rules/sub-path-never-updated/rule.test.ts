import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const volumes = [
  { name: "secret", secret: {} },
  { name: "projected", projected: {} },
  { name: "data", persistentVolumeClaim: {} },
];
const mounting = (name: string, mount: object): object => ({ volumeMounts: [{ name, mountPath: "/m", ...mount }] });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf({ volumes, ...everyContainer(mounting("secret", { subPath: "a" })) }))).toEqual([
    "init/secret",
    "sidecar/secret",
    "main/secret",
    "debug/secret",
  ]);
});

test("only volumes that the kubelet would update, and only by subPath", () => {
  const containers = [
    { name: "a", ...mounting("projected", { subPathExpr: "$(POD)" }) },
    { name: "b", ...mounting("data", { subPath: "a" }) },
    { name: "c", ...mounting("secret", { subPath: "" }) },
  ];
  expect(evidenceOf(rule, podOf({ volumes, containers }))).toEqual([
    'spec.containers[0].volumeMounts[0].subPathExpr: "$(POD)"',
  ]);
});
