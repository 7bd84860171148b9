import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const ingress = (spec: object): object => objectOf("networking.k8s.io/v1 Ingress", "web", { spec });

test("an input without ingress classes, and an Ingress without class, say nothing", () => {
  expect(judge(rule, [ingress({ ingressClassName: "gone" })]).tally).toMatchObject({ "not-applicable": 1 });
  const own = objectOf("networking.k8s.io/v1 IngressClass", "public", {}, "");
  expect(judge(rule, [own, ingress({})]).tally).toMatchObject({ fail: 0, pass: 0 });
  expect(judge(rule, [own, ingress({ ingressClassName: "gone" })]).found).toEqual(["Ingress/web: gone"]);
});
