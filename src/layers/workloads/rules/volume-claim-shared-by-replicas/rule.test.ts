import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const claim = (...accessModes: readonly string[]): object =>
  objectOf("PersistentVolumeClaim", "c", { spec: { accessModes } });
const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "c" } }];
const web = (replicas?: number): object => deploymentOf("web", { volumes }, replicas === undefined ? {} : { replicas });

test.each([
  [["ReadWriteOnce"], 2, 1],
  [["ReadWriteOncePod"], 2, 1],
  [["ReadWriteMany"], 2, 0],
  [["ReadOnlyMany"], 2, 0],
  [["ReadWriteOnce", "ReadOnlyMany"], 2, 0],
  [["ReadWriteOnce"], 1, 0],
  [["ReadWriteOnce"], undefined, 0],
])("%j with %s replicas", (modes, replicas, count) => {
  expect(judge(rule, [claim(...modes), web(replicas)]).found).toHaveLength(count);
});

test("a DaemonSet has a pod on every node; Jobs and unknown claims are not judged", () => {
  const daemon = { ...web(), kind: "DaemonSet" };
  expect(judge(rule, [claim("ReadWriteOnce"), daemon]).found).toEqual(["DaemonSet/web: c"]);
  const job = objectOf("batch/v1 Job", "j", { spec: { template: { spec: { volumes } } } });
  expect(judge(rule, [claim("ReadWriteOnce"), job]).found).toEqual([]);
  expect(judge(rule, [web(2)]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});
