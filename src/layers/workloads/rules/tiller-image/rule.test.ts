import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("known by its name, from any registry", () => {
  const images = ["gcr.io/kubernetes-helm/tiller:v2.16", "mirror.example.com/tiller", "org/tiller-migrate"];
  expect(keysOf(rule, podOf({ containers: images.map((image) => ({ name: image, image })) }))).toEqual(
    images.slice(0, 2),
  );
});
