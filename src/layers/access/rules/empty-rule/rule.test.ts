import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { role } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const judged = (one: object) => judge(rule, [role("shop", "a", [one])]).found;

test("verbs, and resources with groups, or paths", () => {
  expect(judged({ verbs: ["get"], resources: ["pods"] })).toEqual(["Role/a: "]);
  expect(judged({ apiGroups: [""], resources: ["pods"], verbs: [] })).toEqual(["Role/a: "]);
  expect(judged({ apiGroups: [""], resources: ["pods"], verbs: ["get"] })).toEqual([]);
  expect(judged({ nonResourceURLs: ["/metrics"], verbs: ["get"] })).toEqual([]);
});
