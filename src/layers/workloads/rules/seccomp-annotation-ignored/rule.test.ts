import { expect, test } from "vitest";
import { isNotApplicable, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("the pod's and the containers' annotations, each one finding", () => {
  const annotations = {
    "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
    "container.seccomp.security.alpha.kubernetes.io/a": "localhost/x",
    "container.apparmor.security.beta.kubernetes.io/a": "runtime/default",
  };
  expect(keysOf(rule, podOf({}, { annotations }))).toEqual(Object.keys(annotations).slice(0, 2));
});

test("before Kubernetes 1.27 they were read", () => {
  expect([isNotApplicable(rule, podOf({}), 26), isNotApplicable(rule, podOf({}), 27)]).toEqual([true, false]);
});
