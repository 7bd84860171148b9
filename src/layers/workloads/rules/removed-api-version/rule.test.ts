import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const cronJob = objectOf("batch/v1beta1 CronJob", "c", { spec: {} });

test("it depends on the version of Kubernetes", () => {
  expect(judge(rule, [cronJob], { minor: 24 }).found).toEqual([]);
  const { findings } = judge(rule, [cronJob], { minor: 25 });
  expect(findings.map(({ arguments: values }) => [values["removed"], values["replacement"]])).toEqual([
    [25, "batch/v1"],
  ]);
});

test("a kind of the same name in another group, or in a lasting version, is not judged", () => {
  const objects = [objectOf("example.com/v1beta1 CronJob", "c"), objectOf("batch/v1 CronJob", "c")];
  expect(judge(rule, objects).found).toEqual([]);
});

test("PodSecurityPolicy is another rule's", () => {
  expect(judge(rule, [objectOf("policy/v1beta1 PodSecurityPolicy", "p", {}, "")]).found).toEqual([]);
});
