import { expect, test } from "vitest";
import { everyContainer, evidenceOf, findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const env = [
  { name: "DB_PASSWORD", value: "hunter2hunter2" },
  { name: "LOG_LEVEL", value: "debug" },
  { name: "DATABASE", value: "postgres://shop:hunter2@db/shop" },
  { name: "API_TOKEN", valueFrom: { secretKeyRef: { name: "api", key: "token" } } },
  null,
];

test("each variable of each kind of container is one finding", () => {
  expect(keysOf(rule, podOf(everyContainer({ env })))).toEqual(
    ["init", "sidecar", "main", "debug"].flatMap((name) => [`${name}/DB_PASSWORD`, `${name}/DATABASE`]),
  );
});

test("the value is nowhere in the finding", () => {
  const pod = podOf({ containers: [{ name: "a", env }] });
  expect(evidenceOf(rule, pod)).toEqual([
    "spec.containers[0].env[0].value: redacted",
    "spec.containers[0].env[2].value: redacted",
  ]);
  expect(JSON.stringify(findingsOf(rule, pod))).not.toContain("hunter2");
});
