import { describe, expect, test } from "vitest";
import { mustStay, percentOf } from "./disruption.ts";
import { isObjectName, kindOf, namespaceFor, targetKindOf } from "./reference.ts";
import { textOf } from "./selector-text.ts";
import { misspelled, similarNames } from "./similar-names.ts";

test("amounts are rounded up, as the disruption controller does", () => {
  expect([mustStay(2, 5), mustStay("50%", 5), mustStay("67%", 3), mustStay("0%", 3), mustStay("x", 3)]).toEqual([
    2,
    3,
    3,
    0,
    undefined,
  ]);
  expect([percentOf("50%"), percentOf(50), percentOf("50"), percentOf("-5%")]).toEqual([
    50,
    undefined,
    undefined,
    undefined,
  ]);
});

test("selectors read as kubectl writes them", () => {
  const matchExpressions = [
    { key: "tier", operator: "In", values: ["a", "b"] },
    { key: "old", operator: "DoesNotExist" },
    { key: "team", operator: "Exists" },
    { key: "env", operator: "NotIn", values: ["dev"] },
  ];
  expect(textOf({ matchLabels: { app: "web" }, matchExpressions })).toBe(
    "app=web,tier in (a,b),!old,team,env notin (dev)",
  );
  expect(textOf({})).toBe("<everything>");
});

describe("names", () => {
  test("what a template still has to fill in is none", () => {
    expect(["web", "web.a-1", "0"].every(isObjectName)).toBe(true);
    expect(["", "{{ .x }}", "$(x)", "Web", "-a", "a-", null, undefined].some(isObjectName)).toBe(false);
  });

  test("slips and words more or less, nearest first, at most two", () => {
    expect(similarNames("web-templats", ["web-templates", "api", "web"])).toEqual(["web-templates", "web"]);
    expect(similarNames("web-frontend", ["web", "api"])).toEqual(["web"]);
    expect(similarNames("api-http", ["http", "metrics"])).toEqual(["http"]);
    expect(similarNames("db", ["web", "api", "mdb"])).toEqual([]);
    expect(
      similarNames(
        "x",
        Array.from({ length: 2000 }, (_, index) => `x-${index}`),
      ),
    ).toEqual([]);
  });

  test("another number is another object, not a slip", () => {
    expect(misspelled("archive-1", ["archive-2"])).toEqual([]);
    expect(misspelled("archiv-1", ["archive-1"])).toEqual(["archive-1"]);
  });

  test("kinds are known under the group they have today", () => {
    expect(targetKindOf("extensions/v1beta1", "Deployment")).toBe("apps/Deployment");
    expect(targetKindOf("v1", "ConfigMap")).toBe("/ConfigMap");
    expect(kindOf("apps/Deployment")).toBe("Deployment");
    expect([namespaceFor("/Secret", "a"), namespaceFor("storage.k8s.io/StorageClass", "a")]).toEqual(["a", ""]);
  });
});
