import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const withResources = (resources: object): object => podOf({ containers: [{ name: "a", resources }] });

test("init, sidecar and regular containers need it; ephemeral ones may not set it", () => {
  expect(keysOf(rule, podOf(everyContainer({ resources: { requests: { memory: "1" } } })))).toEqual([
    "init",
    "sidecar",
    "main",
  ]);
});

test("zero is no limit; without a request it is another rule's", () => {
  const requests = { memory: "1" };
  expect(evidenceOf(rule, withResources({ requests, limits: { memory: "0" } }))).toHaveLength(1);
  expect(evidenceOf(rule, withResources({ requests, limits: { memory: 1 } }))).toEqual([]);
  expect(evidenceOf(rule, withResources({}))).toEqual([]);
});

test("what the pod sets as a whole holds for its containers", () => {
  const containers = [{ name: "a", resources: { requests: { memory: 1 } } }, { name: "b" }];
  expect(keysOf(rule, podOf({ resources: { limits: { memory: "1" } }, containers }))).toEqual([]);
  expect(keysOf(rule, podOf({ containers }))).toEqual(["a"]);
});
