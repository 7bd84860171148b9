import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ image: "nginx:1.27" })))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("latest and no tag are another rule's", () => {
  expect(
    ["nginx", "nginx:latest"].flatMap((image) => keysOf(rule, podOf({ containers: [{ name: "a", image }] }))),
  ).toEqual([]);
});
