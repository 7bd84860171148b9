import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("each Secret of each kind of container is one finding", () => {
  const envFrom = [{ configMapRef: { name: "c" } }, { secretRef: { name: "s" } }, null];
  expect(keysOf(rule, podOf(everyContainer({ envFrom })))).toEqual(["init/s", "sidecar/s", "main/s", "debug/s"]);
});
