import { expect, test } from "vitest";
import { everyContainer, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const mounts = { volumeMounts: [{ name: "gone", mountPath: "/x" }] };

test("every kind of container, and block devices too", () => {
  expect(keysOf(rule, podOf(everyContainer(mounts)))).toEqual(["init/gone", "sidecar/gone", "main/gone", "debug/gone"]);
  const devices = { volumeDevices: [{ name: "gone", devicePath: "/dev/x" }] };
  expect(keysOf(rule, podOf({ containers: [{ name: "main", ...devices }] }))).toEqual(["main/gone"]);
});

test("claim templates of a StatefulSet are volumes", () => {
  const spec = { template: { spec: everyContainer(mounts) }, volumeClaimTemplates: [{ metadata: { name: "gone" } }] };
  const set = { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db" }, spec };
  expect(keysOf(rule, set)).toEqual([]);
});

test("names that a template still has to fill in are not judged", () => {
  const open = {
    volumeMounts: [
      { name: "$(volume)", mountPath: "/x" },
      { name: null, mountPath: "/y" },
    ],
  };
  expect(keysOf(rule, podOf({ containers: [{ name: "main", ...open }], volumes: [] }))).toEqual([]);
});
