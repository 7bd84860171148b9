import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const set = objectOf("apps/v1 StatefulSet", "db", { spec: { serviceName: "db" } });
const service = (spec: object): object => objectOf("Service", "db", { spec });

test("headless by either field, and a missing Service is another rule's", () => {
  expect(judge(rule, [set, service({ clusterIP: "None" })]).found).toEqual([]);
  expect(judge(rule, [set, service({ clusterIPs: ["None"] })]).found).toEqual([]);
  expect(judge(rule, [set, service({ type: "NodePort" })]).found).toEqual(["StatefulSet/db: "]);
  expect(judge(rule, [set]).tally).toMatchObject({ "not-applicable": 1 });
});
