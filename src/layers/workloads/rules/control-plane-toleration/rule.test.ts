import { expect, test } from "vitest";
import { evidenceOf, isNotApplicable, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const tolerating = (...tolerations: readonly (object | null)[]): object => podOf({ tolerations });

test.each([
  [{ key: "node-role.kubernetes.io/master", effect: "NoSchedule" }, 1],
  [{ operator: "Exists" }, 1],
  [{ operator: "Exists", effect: "NoExecute" }, 1],
  [{ operator: "Exists", effect: "PreferNoSchedule" }, 0],
  [{ key: "dedicated", operator: "Exists" }, 0],
  [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" }, 0],
])("%j", (toleration, count) => expect(evidenceOf(rule, tolerating(toleration, null))).toHaveLength(count));

test("DaemonSets and their pods are not judged", () => {
  const spec = { tolerations: [{ operator: "Exists" }] };
  const daemonSet = { apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "d" }, spec: { template: { spec } } };
  const pod = podOf(spec, { ownerReferences: [{ kind: "DaemonSet", name: "d", controller: true }] });
  expect([daemonSet, pod].map((object) => isNotApplicable(rule, object))).toEqual([true, true]);
});
