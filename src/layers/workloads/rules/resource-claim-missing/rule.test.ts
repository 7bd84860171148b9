import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("claims and templates are different kinds", () => {
  const spec = {
    resourceClaims: [
      { name: "a", resourceClaimName: "gpu" },
      { name: "b", resourceClaimTemplateName: "gpu" },
    ],
  };
  const claim = objectOf("resource.k8s.io/v1 ResourceClaim", "gpu");
  const template = objectOf("resource.k8s.io/v1 ResourceClaimTemplate", "other");
  expect(judge(rule, [claim, deploymentOf("web", spec)]).found).toEqual([]);
  const { findings } = judge(rule, [claim, template, deploymentOf("web", spec)]);
  expect(findings.map((finding) => finding.arguments["kind"])).toEqual(["ResourceClaimTemplate"]);
});
