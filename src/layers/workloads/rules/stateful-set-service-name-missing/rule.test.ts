import { expect, test } from "vitest";
import { evidenceOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("an empty name is none", () => {
  const set = (serviceName: string | null): object => ({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "x" },
    spec: { serviceName },
  });
  expect(["db", "", null].map((name) => evidenceOf(rule, set(name)).length)).toEqual([0, 1, 1]);
});
