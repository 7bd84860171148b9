import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("the official image by its tag, others by their name", () => {
  const images = [
    "docker:dind",
    "docker:24.0-dind-rootless",
    "docker:cli",
    "ghcr.io/org/dind:1",
    "org/docker-dind",
    "org/dindx",
  ];
  expect(keysOf(rule, podOf({ initContainers: images.map((image) => ({ name: image, image })) }))).toEqual([
    "docker:dind",
    "docker:24.0-dind-rootless",
    "ghcr.io/org/dind:1",
    "org/docker-dind",
  ]);
});
