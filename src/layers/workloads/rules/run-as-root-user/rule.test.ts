import { expect, test } from "vitest";
import { everyContainer, evidenceOf, isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const user = (runAsUser: number | null): object => ({ securityContext: { runAsUser } });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(user(0))))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(keysOf(rule, podOf(everyContainer(user(null))))).toEqual([]);
});

test("0 in the pod counts even where every container says otherwise", () => {
  expect(evidenceOf(rule, podOf({ ...user(0), containers: [{ name: "a", ...user(10001) }] }))).toEqual([
    "spec.securityContext.runAsUser: 0",
  ]);
});

test("a user namespace of one's own excuses it from Kubernetes 1.35 on; before 1.23 nothing asks for it", () => {
  const pod = podOf({ hostUsers: false, ...user(0) });
  expect([keysOf(rule, pod, 34).length, keysOf(rule, pod, 35).length, isNotApplicable(rule, pod, 22)]).toEqual([
    1,
    0,
    true,
  ]);
});
