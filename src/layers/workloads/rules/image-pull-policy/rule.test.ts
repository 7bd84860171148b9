import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const using = (image: string, imagePullPolicy: string | null): object =>
  podOf({ containers: [{ name: "a", image, imagePullPolicy }] });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ image: "r.example/a:1" })))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("unset follows the tag, as the API server's defaults do", () => {
  expect(evidenceOf(rule, using("r.example/a", null))).toEqual([]);
  expect(evidenceOf(rule, using("r.example/a:latest", null))).toEqual([]);
  expect(evidenceOf(rule, using("r.example/a:1", null))).toEqual(["spec.containers[0].imagePullPolicy: unset"]);
  expect(evidenceOf(rule, using("r.example/a:latest", "Never"))).toEqual([
    'spec.containers[0].imagePullPolicy: "Never"',
  ]);
});
