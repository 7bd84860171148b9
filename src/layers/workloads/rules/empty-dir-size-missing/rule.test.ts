import { expect, test } from "vitest";
import { evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("each volume is one finding, zero is no limit", () => {
  const volumes = [
    { name: "a", emptyDir: {} },
    { name: "b", emptyDir: { sizeLimit: "0" } },
    { name: "c", emptyDir: { sizeLimit: 1 } },
    { name: "d", secret: {} },
  ];
  expect(keysOf(rule, podOf({ volumes }))).toEqual(["a", "b"]);
});

test("a volume without a source is an emptyDir too", () => {
  expect(evidenceOf(rule, podOf({ volumes: [{ name: "a" }] }))).toEqual(["spec.volumes[0].emptyDir.sizeLimit: unset"]);
});
