import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const mounting = (path: string): object => podOf({ volumes: [{ name: "v", hostPath: { path } }] });

test.each(["/home/ops/.aws/credentials", "/root/.config/gcloud", "/etc/kubernetes/azure.json"])(
  "%s holds them",
  (path) => {
    expect(keysOf(rule, mounting(path))).toEqual(["volumes/v"]);
  },
);

test.each(["/root", "/etc/kubernetes", "/srv/aws"])("%s is left to the other rules about hostPath", (path) => {
  expect(keysOf(rule, mounting(path))).toEqual([]);
});
