import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const hardened = { securityContext: { runAsNonRoot: true, runAsUser: 10001 }, containers: [{ name: "a" }] };

test("true is as good as unset", () => {
  expect([null, true, false].map((hostUsers) => evidenceOf(rule, podOf({ ...hardened, hostUsers })).length)).toEqual([
    1, 1, 0,
  ]);
});

test("pods that other rules refuse for want of it, or that cannot have it, are theirs", () => {
  const others = [
    { containers: [{ name: "a" }] },
    { ...hardened, securityContext: { runAsNonRoot: true, runAsUser: 0 } },
    { ...hardened, securityContext: { runAsNonRoot: true, runAsUser: 1000 } },
    { ...hardened, hostPID: true },
    { ...hardened, containers: [{ name: "a", securityContext: { procMount: "Unmasked" } }] },
  ];
  expect(others.flatMap((spec) => evidenceOf(rule, podOf(spec)))).toEqual([]);
});

test("before Kubernetes 1.33 and on Windows it does not apply", () => {
  expect([isNotApplicable(rule, podOf(hardened), 32), isNotApplicable(rule, podOf(hardened), 33)]).toEqual([
    true,
    false,
  ]);
  expect(isNotApplicable(rule, podOf({ ...hardened, os: { name: "windows" } }))).toBe(true);
});
