import { expect, test } from "vitest";
import { RULES } from "../controls/registry.generated.ts";
import type { Finding } from "../verdicts/finding.ts";
import type { Rule } from "../verdicts/rule.ts";
import { catalogueOf } from "./catalogue.ts";
import { findingJson } from "./finding-json.ts";
import { kindText, originText } from "./live-text.ts";

const catalogue = catalogueOf("en");
const rule = RULES[0] as Rule; // there are rules

const findingIn = (count: number, total: number, origin?: Finding["origin"]): Finding => ({
  rule,
  resource: { apiVersion: "apps/v1", group: "apps", kind: "Deployment", namespace: "shop", name: "web" },
  key: "",
  arguments: {},
  evidence: [],
  instances: { count, total },
  ...(origin && { origin }),
});

test.each([
  ["all of its pods have it", findingIn(3, 3), "", { count: 3, total: 3 }],
  ["some have it", findingIn(2, 3), "in 2 of 3 pods", { count: 2, total: 3 }],
  ["what no pod has is the controller's own", findingIn(0, 3), "", undefined],
  [
    "an older template without pods",
    findingIn(0, 3, { id: "origin.not-in-template" }),
    "in 0 of 3 pods",
    { count: 0, total: 3 },
  ],
  ["no pods were read", findingIn(0, 0), "", undefined],
])("%s", (_, finding, text, instances) => {
  expect(originText(finding, catalogue).split(",")[0]).toBe(text);
  const json = findingJson({ status: "fail", finding }, catalogue) as { readonly instances?: object }; // one field of it
  expect(json.instances).toEqual(instances);
  expect(kindText(finding, catalogue)).toBe(finding.instances?.total === 0 ? "Deployment" : "Deployment, 3 pods");
});
