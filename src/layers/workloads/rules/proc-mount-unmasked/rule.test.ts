import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const unmasked = { securityContext: { procMount: "Unmasked" } };

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(unmasked)))).toEqual(["init", "sidecar", "main", "debug"]);
});

test.each([
  [false, 34, 1],
  [false, 35, 0],
  [true, 35, 1],
  [null, 35, 1],
])(
  "a user namespace of one's own excuses it from Kubernetes 1.35 on: hostUsers %s, 1.%i",
  (hostUsers, minor, count) => {
    expect(evidenceOf(rule, podOf({ hostUsers, containers: [{ name: "a", ...unmasked }] }), minor)).toHaveLength(count);
  },
);
