import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = objectOf("Service", "web", { spec: { ports: [{ name: "http", port: 80, targetPort: 8080 }] } });
const asking = (port: number): object => {
  const rules = [{ backendRefs: [{ name: "web", port }] }];
  return objectOf("gateway.networking.k8s.io/v1 HTTPRoute", "web", { spec: { rules } });
};

test("the Service's own number is meant, not the container's", () => {
  expect(judge(rule, [service, asking(80)]).found).toEqual([]);
  expect(judge(rule, [service, asking(8080)]).found).toEqual(["HTTPRoute/web: web:8080"]);
  expect(judge(rule, [asking(8080)]).tally).toMatchObject({ "not-applicable": 1 });
});
