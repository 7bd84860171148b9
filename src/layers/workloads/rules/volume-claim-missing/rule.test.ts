import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const claim = objectOf("PersistentVolumeClaim", "archive");
const mounting = (claimName: string): object =>
  deploymentOf("web", { volumes: [{ name: "v", persistentVolumeClaim: { claimName } }] });

test("claims of StatefulSets are made, one a replica", () => {
  const set = objectOf("apps/v1 StatefulSet", "db", {
    spec: { volumeClaimTemplates: [{ metadata: { name: "data" } }] },
  });
  expect(judge(rule, [claim, set, mounting("data-db-0"), mounting("data-db-12")]).found).toEqual([]);
  expect(judge(rule, [claim, set, mounting("data-db-x")]).found).toEqual(["Deployment/web: data-db-x"]);
});

test("a DataVolume makes the claim of its name", () => {
  expect(judge(rule, [claim, objectOf("cdi.kubevirt.io/v1beta1 DataVolume", "disk"), mounting("disk")]).found).toEqual(
    [],
  );
});

test("an input without claims of the namespace says nothing", () => {
  expect(judge(rule, [mounting("gone")]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});
