import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const named = (...names: readonly string[]): object => ({ env: names.map((name) => ({ name, value: "x" })) });

test("every kind of container is looked at, each by itself", () => {
  expect(keysOf(rule, podOf(everyContainer(named("A", "B", "A"))))).toEqual([
    "init/A",
    "sidecar/A",
    "main/A",
    "debug/A",
  ]);
  expect(
    keysOf(
      rule,
      podOf({
        containers: [
          { name: "a", ...named("A") },
          { name: "b", ...named("A") },
        ],
      }),
    ),
  ).toEqual([]);
});

test("each repetition is evidence, each name one finding", () => {
  const pod = podOf({ containers: [{ name: "a", ...named("A", "A", "a", "A") }] });
  expect(evidenceOf(rule, pod)).toEqual(['spec.containers[0].env[1].name: "A"', 'spec.containers[0].env[3].name: "A"']);
  expect(keysOf(rule, pod)).toEqual(["a/A"]);
});
