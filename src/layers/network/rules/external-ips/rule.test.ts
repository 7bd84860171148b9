import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("an empty list is none", () => {
  const service = (externalIPs: readonly (string | null)[]): object =>
    objectOf("Service", "web", { spec: { externalIPs, ports: [{ port: 80 }] } });
  expect(judge(rule, [service([])]).found).toEqual([]);
  expect(judge(rule, [service([null])]).found).toEqual([]);
  expect(judge(rule, [service(["203.0.113.7"])]).found).toEqual(["Service/web: "]);
});
