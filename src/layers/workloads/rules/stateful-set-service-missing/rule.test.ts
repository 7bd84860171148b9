import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("a StatefulSet without serviceName, and an input without Services, say nothing", () => {
  const set = (spec: object): object => objectOf("apps/v1 StatefulSet", "db", { spec });
  const service = objectOf("Service", "db");
  expect(judge(rule, [set({ serviceName: "gone" })]).tally).toMatchObject({ "not-applicable": 1 });
  expect(judge(rule, [service, set({})]).tally).toMatchObject({ fail: 0, pass: 0 });
  expect(judge(rule, [service, set({ serviceName: "db-headless" })]).findings[0]?.arguments["similar"]).toBe("db");
});

test("back ends of an old Ingress are another rule's", () => {
  const backend = { serviceName: "gone", servicePort: 80 };
  const ingress = objectOf("extensions/v1beta1 Ingress", "web", { spec: { backend } });
  expect(judge(rule, [objectOf("Service", "db"), ingress]).found).toEqual([]);
});
