import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("only the type counts", () => {
  const service = (type: string): object => objectOf("Service", type, { spec: { type, ports: [{ port: 80 }] } });
  expect(judge(rule, [service("NodePort"), service("ClusterIP"), service("LoadBalancer")]).found).toEqual([
    "Service/NodePort: ",
  ]);
});
