import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("no tag is latest, in every kind of container", () => {
  expect(keysOf(rule, podOf(everyContainer({ image: "nginx" })))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("a digest pins what the tag does not", () => {
  const image = `nginx:latest@sha256:${"a".repeat(64)}`;
  expect(keysOf(rule, podOf(everyContainer({ image })))).toEqual([]);
});

test("other tags, absent images and texts that are no image are not its business", () => {
  expect(
    ["nginx:1.27", "nginx:latest-alpine", null, "", "$(params.image)"].flatMap((image) =>
      keysOf(rule, podOf({ containers: [{ name: "a", image }] })),
    ),
  ).toEqual([]);
});
