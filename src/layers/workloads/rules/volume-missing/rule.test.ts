import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("a claim without a named volume, and an input without volumes, say nothing", () => {
  const volume = objectOf("PersistentVolume", "archive", {}, "");
  const free = objectOf("PersistentVolumeClaim", "free", { spec: {} });
  const bound = objectOf("PersistentVolumeClaim", "bound", { spec: { volumeName: "gone" } });
  expect(judge(rule, [volume, free]).found).toEqual([]);
  expect(judge(rule, [bound]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
  expect(judge(rule, [volume, bound]).found).toEqual(["PersistentVolumeClaim/bound: gone"]);
});
