import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const say = (runAsNonRoot: boolean | null): object => ({ securityContext: { runAsNonRoot } });

test("every kind of container must be covered", () => {
  expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["init", "sidecar", "main", "debug"]);
  expect(keysOf(rule, podOf(everyContainer(say(true))))).toEqual([]);
  expect(keysOf(rule, podOf({ ...say(true), ...everyContainer({}) }))).toEqual([]);
});

test("false in the pod counts even where every container says true", () => {
  expect(evidenceOf(rule, podOf({ ...say(false), containers: [{ name: "a", ...say(true) }] }))).toEqual([
    "spec.securityContext.runAsNonRoot: false",
  ]);
});

test("a container that says false is reported even where the pod says true, and hides those that say nothing", () => {
  const containers = [{ name: "a", ...say(false) }, { name: "b" }];
  expect(keysOf(rule, podOf({ ...say(true), containers }))).toEqual(["a"]);
  expect(keysOf(rule, podOf({ containers }))).toEqual(["a"]);
});

test("a user namespace of one's own excuses it from Kubernetes 1.35 on", () => {
  const pod = podOf({ hostUsers: false, containers: [{ name: "a" }] });
  expect([keysOf(rule, pod, 34), keysOf(rule, pod, 35)]).toEqual([["a"], []]);
});
