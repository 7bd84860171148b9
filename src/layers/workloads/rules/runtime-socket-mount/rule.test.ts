import { expect, test } from "vitest";
import { findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const mounting = (path: string): object => podOf({ volumes: [{ name: "v", hostPath: { path } }] });

test.each(["/var/run/docker.sock", "/run/containerd/containerd.sock", "/run", "/run/k3s/containerd"])(
  "%s is one",
  (path) => {
    expect(findingsOf(rule, mounting(path)).map(({ arguments: { value } }) => value)).toEqual([path]);
  },
);

test.each(["/", "/run/secrets", "/srv/docker"])("%s is left to the other rules about hostPath", (path) => {
  expect(keysOf(rule, mounting(path))).toEqual([]);
});
