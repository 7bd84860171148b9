import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ image: "k8s.gcr.io/pause:3.5" })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test("the projects on gcr.io count, others there do not", () => {
  const images = [
    "gcr.io/google-containers/pause",
    "gcr.io/google_containers/pause",
    "gcr.io/google-containers-2/pause",
    "registry.k8s.io/pause",
  ];
  expect(keysOf(rule, podOf({ containers: images.map((image) => ({ name: image, image })) }))).toEqual(
    images.slice(0, 2),
  );
});
