import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const annotated = (value: string): object =>
  podOf(
    { containers: [{ name: "main" }] },
    { annotations: { "container.apparmor.security.beta.kubernetes.io/main": value } },
  );

test("from 1.30 on, where there is a field", () => {
  expect([29, 30].map((minor) => keysOf(rule, annotated("runtime/default"), minor))).toEqual([[], ["main"]]);
});

test("unconfined is another rule's", () => {
  expect(keysOf(rule, annotated("unconfined"))).toEqual([]);
  expect(keysOf(rule, annotated("localhost/web"))).toEqual(["main"]);
});
