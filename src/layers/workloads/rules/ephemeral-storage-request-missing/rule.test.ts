import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const withResources = (resources: object): object => podOf({ containers: [{ name: "a", resources }] });

test("init, sidecar and regular containers need it; ephemeral ones may not set it", () => {
  expect(keysOf(rule, podOf(everyContainer({})))).toEqual(["init", "sidecar", "main"]);
});

test("a limit is a request too, zero is none", () => {
  expect(evidenceOf(rule, withResources({ limits: { "ephemeral-storage": "1Gi" } }))).toEqual([]);
  expect(
    evidenceOf(rule, withResources({ requests: { "ephemeral-storage": 0 }, limits: { "ephemeral-storage": "0" } })),
  ).toHaveLength(1);
  expect(evidenceOf(rule, withResources({ requests: { "ephemeral-storage": "0.5" } }))).toEqual([]);
});
