import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const mounting = (path: string, ...readOnly: readonly (boolean | null)[]): object =>
  podOf({
    volumes: [{ name: "v", hostPath: { path } }],
    containers: readOnly.map((value, index) => ({
      name: `c${index}`,
      volumeMounts: [{ name: "v", mountPath: "/m", readOnly: value }],
    })),
  });

test.each(["/", "/etc/cron.d", "/var", "/var/lib/kubelet", "/proc"])("%s is one", (path) => {
  expect(keysOf(rule, mounting(path, null))).toEqual(["volumes/v"]);
});

test("only writable mounts count, and one of several is enough", () => {
  expect([
    keysOf(rule, mounting("/etc", true)),
    keysOf(rule, mounting("/etc", true, false)),
    keysOf(rule, mounting("/etc")),
  ]).toEqual([[], ["volumes/v"], []]);
});

test.each(["/srv", "/etc/localtime", "/run", "/root/.aws"])("%s is left to the other rules about hostPath", (path) => {
  expect(keysOf(rule, mounting(path, null))).toEqual([]);
});
