import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("the classes of the system exist everywhere", () => {
  const own = objectOf("scheduling.k8s.io/v1 PriorityClass", "high", {}, "");
  const pods = ["system-node-critical", "system-cluster-critical", "high", "hihg"].map((priorityClassName) =>
    deploymentOf("web", { priorityClassName }),
  );
  expect(judge(rule, [own, ...pods]).found).toEqual(["Deployment/web: hihg"]);
});

test("an input without priority classes says nothing", () => {
  expect(judge(rule, [deploymentOf("web", { priorityClassName: "gone" })]).tally).toMatchObject({
    "not-applicable": 1,
  });
});
