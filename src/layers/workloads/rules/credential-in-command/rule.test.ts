import { expect, test } from "vitest";
import { everyContainer, evidenceOf, findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("command and arguments of every kind of container are read", () => {
  const fields = { command: ["run", "--api-token=Zx81kQp0Lm"], args: ["--password", "hunter2"] };
  expect(keysOf(rule, podOf(everyContainer(fields)))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("the word is nowhere in the finding", () => {
  const pod = podOf({ containers: [{ name: "a", command: ["sh", "-c", "curl https://me:hunter2@example.com"] }] });
  expect(evidenceOf(rule, pod)).toEqual(["spec.containers[0].command[2]: redacted"]);
  expect(JSON.stringify(findingsOf(rule, pod))).not.toContain("hunter2");
});
