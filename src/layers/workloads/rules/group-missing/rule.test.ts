import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("user and group may stand in the pod or in the container", () => {
  const containers = [
    { name: "a", securityContext: { runAsUser: 10001 } },
    { name: "b", securityContext: { runAsUser: 10001, runAsGroup: 10001 } },
    { name: "c" },
  ];
  expect(keysOf(rule, podOf({ containers }))).toEqual(["a"]);
  expect(keysOf(rule, podOf({ securityContext: { runAsUser: 10001 }, containers }))).toEqual(["a", "c"]);
  expect(evidenceOf(rule, podOf({ securityContext: { runAsGroup: 10001 }, containers }))).toEqual([]);
});

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ securityContext: { runAsUser: 10001 } })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});
