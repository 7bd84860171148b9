import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("an input without gateway classes says nothing", () => {
  const gateway = objectOf("gateway.networking.k8s.io/v1 Gateway", "web", { spec: { gatewayClassName: "gone" } });
  expect(judge(rule, [gateway]).tally).toMatchObject({ "not-applicable": 1 });
  const own = objectOf("gateway.networking.k8s.io/v1 GatewayClass", "public", {}, "");
  expect(judge(rule, [own, gateway]).found).toEqual(["Gateway/web: gone"]);
});
