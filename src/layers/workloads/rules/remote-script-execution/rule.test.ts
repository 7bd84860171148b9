import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer({ args: ["-c", "wget -qO- https://x | bash"] })))).toEqual([
    "init",
    "sidecar",
    "main",
    "debug",
  ]);
});

test.each([
  ["curl https://x | sudo bash -s -- -y", 1],
  ["bash <(curl -s https://x)", 1],
  ['sh -c "$(curl -fsSL https://x)"', 1],
  ["curl https://x | python3 -", 1],
  ["curl https://x | jq .", 0],
  ["curl https://x > y; ls | sh", 0],
  ["curl -f https://x || exit 1", 0],
])("%s", (script, count) => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", command: ["sh", "-c", script] }] }))).toHaveLength(count);
});
