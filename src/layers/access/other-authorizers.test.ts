import { expect, test } from "vitest";
import { otherAuthorizersOf } from "./other-authorizers.ts";

test("an AuthorizationConfiguration names its authorizers", () => {
  const value = {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthorizationConfiguration",
    authorizers: [{ type: "Node" }, { type: "Webhook" }, { type: "RBAC" }],
  };
  expect(otherAuthorizersOf(value)).toEqual([{ name: "Webhook", path: ["authorizers", 1, "type"] }]);
});

test("the API server's Pod says how it was started", () => {
  const pod = (...command: readonly string[]) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "kube-apiserver-n1", namespace: "kube-system" },
    spec: { containers: [{ name: "kube-apiserver", command }] },
  });
  const named = (...command: readonly string[]) => otherAuthorizersOf(pod(...command)).map(({ name }) => name);
  expect(named("kube-apiserver", "--authorization-mode=Node,RBAC")).toEqual([]);
  expect(named("kube-apiserver", "--authorization-mode=Node,RBAC,Webhook")).toEqual(["Webhook"]);
  expect(named("kube-apiserver", "--authorization-config=/etc/a.yaml")).toEqual(["AuthorizationConfiguration"]);
});

test("any other object says nothing", () => {
  expect(otherAuthorizersOf({ apiVersion: "v1", kind: "ConfigMap" })).toEqual([]);
});
