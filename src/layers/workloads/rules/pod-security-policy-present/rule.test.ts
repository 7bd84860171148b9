import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("in both groups, and only there", () => {
  const objects = ["policy/v1beta1", "extensions/v1beta1", "example.com/v1"].map((version) =>
    objectOf(`${version} PodSecurityPolicy`, "p", {}, ""),
  );
  expect(judge(rule, objects).tally).toMatchObject({ fail: 2, "not-applicable": 1 });
});
