import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ image: "nginx:1.27" })))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("a host is a registry: with a dot, a port, or localhost", () => {
  const images = ["docker.io/library/nginx", "localhost/nginx", "mirror:5000/nginx", "library/nginx"];
  expect(keysOf(rule, podOf({ containers: images.map((image) => ({ name: image, image })) }))).toEqual([
    "library/nginx",
  ]);
});
