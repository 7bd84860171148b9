import { expect, test } from "vitest";
import { everyContainer, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("only regular containers with a port are asked", () => {
  expect(keysOf(rule, podOf(everyContainer({ ports: [{ containerPort: 80 }] })))).toEqual(["main"]);
  expect(keysOf(rule, podOf(everyContainer({ ports: [] })))).toEqual([]);
});

test("pods that end are not", () => {
  expect(isNotApplicable(rule, podOf({ restartPolicy: "OnFailure", containers: [{ name: "a", ports: [{}] }] }))).toBe(
    true,
  );
});
