import { expect, test } from "vitest";
import { pathAction, resourceAction } from "./action.ts";
import { policyRuleOf } from "./policy-rule.ts";
import { ruleAllows } from "./rule-match.ts";

const allows = (rule: object, action: Parameters<typeof ruleAllows>[1]) => ruleAllows(policyRuleOf(rule), action);

const getting = (resource: string) => ({ verbs: ["get"], apiGroups: [""], resources: [resource] });
const getPath = (path: string) => ({ verbs: ["get"], nonResourceURLs: [path] });

test("verbs, groups and resources are literal and case sensitive: no globs but a lone star", () => {
  const rule = { verbs: ["get"], apiGroups: [""], resources: ["pods"] };
  expect(allows(rule, resourceAction("get", "pods"))).toBe(true);
  expect(allows(rule, resourceAction("Get", "pods"))).toBe(false);
  expect(allows({ ...rule, verbs: ["ge*"] }, resourceAction("get", "pods"))).toBe(false);
  expect(allows({ ...rule, apiGroups: ["*"] }, resourceAction("get", "pods", { apiGroup: "apps" }))).toBe(true);
  expect(allows({ ...rule, apiGroups: ["app*"] }, resourceAction("get", "pods", { apiGroup: "apps" }))).toBe(false);
});

test("a lone star is every resource and subresource; pods/* is not a wildcard; */log is any resource's log", () => {
  const log = resourceAction("get", "pods", { subresource: "log" });
  expect(allows(getting("*"), log)).toBe(true);
  expect(allows(getting("pods"), log)).toBe(false);
  expect(allows(getting("pods/*"), log)).toBe(false);
  expect(allows(getting("*/log"), log)).toBe(true);
  expect(allows(getting("*/log"), resourceAction("get", "log"))).toBe(false);
  expect(allows(getting("pods/*"), resourceAction("get", "pods", { subresource: "*" }))).toBe(true);
});

test("names are exact and a star among them is only a name; a request without a name matches no named rule", () => {
  const rule = { verbs: ["*"], apiGroups: [""], resources: ["secrets"], resourceNames: ["db", "*"] };
  expect(allows(rule, resourceAction("get", "secrets", { name: "db" }))).toBe(true);
  expect(allows(rule, resourceAction("get", "secrets", { name: "other" }))).toBe(false);
  expect(allows(rule, resourceAction("get", "secrets", { name: "*" }))).toBe(true);
  expect(allows(rule, resourceAction("create", "secrets"))).toBe(false);
  expect(allows(rule, resourceAction("deletecollection", "secrets"))).toBe(false);
});

test("paths: exact, star, or a prefix with trailing stars; a star elsewhere is literal", () => {
  expect(allows(getPath("/healthz"), pathAction("get", "/healthz"))).toBe(true);
  expect(allows(getPath("/foo/*"), pathAction("get", "/foo"))).toBe(false);
  expect(allows(getPath("/foo*"), pathAction("get", "/foobar"))).toBe(true);
  expect(allows(getPath("/foo***"), pathAction("get", "/foobar"))).toBe(true);
  expect(allows(getPath("/*/healthz"), pathAction("get", "/a/healthz"))).toBe(false);
  expect(allows(getPath("*"), pathAction("get", "/anything"))).toBe(true);
});

test("resource rules never answer for paths, nor path rules for resources", () => {
  const everything = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };
  expect(allows(everything, pathAction("get", "/healthz"))).toBe(false);
  expect(allows({ verbs: ["*"], nonResourceURLs: ["*"] }, resourceAction("get", "pods"))).toBe(false);
});

test("null lists and elements are what the API server decodes them to", () => {
  expect(allows({ verbs: null, apiGroups: [""], resources: ["pods"] }, resourceAction("get", "pods"))).toBe(false);
  expect(allows({ verbs: ["get"], apiGroups: [null], resources: ["pods"] }, resourceAction("get", "pods"))).toBe(true);
});
