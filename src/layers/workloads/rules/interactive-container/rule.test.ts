import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container but a debugging one is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ tty: true })))).toEqual(["init", "sidecar", "main"]);
});

test("both fields are one finding", () => {
  const pod = podOf({
    containers: [
      { name: "a", stdin: true, tty: true },
      { name: "b", stdin: false, tty: null },
    ],
  });
  expect(evidenceOf(rule, pod)).toEqual(["spec.containers[0].stdin: true", "spec.containers[0].tty: true"]);
  expect(keysOf(rule, pod)).toEqual(["a"]);
});
