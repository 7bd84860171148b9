import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("an input without runtime classes says nothing", () => {
  const pod = deploymentOf("web", { runtimeClassName: "gvisr" });
  expect(judge(rule, [pod]).tally).toMatchObject({ "not-applicable": 1 });
  const { findings } = judge(rule, [objectOf("node.k8s.io/v1 RuntimeClass", "gvisor", {}, ""), pod]);
  expect(findings.map((finding) => finding.arguments["similar"])).toEqual(["gvisor"]);
});
