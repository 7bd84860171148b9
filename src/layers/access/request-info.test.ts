import { expect, test } from "vitest";
import { resourceAction } from "./action.ts";
import { kubeletActions } from "./kubelet-request.ts";
import { accessFeatures } from "./minor-differences.ts";
import { actionOfRequest } from "./request-info.ts";

const features = accessFeatures(36);
const ask = (request: string, at = features) =>
  actionOfRequest(request.split(" ")[0] ?? "", request.split(" ")[1] ?? "", at);
const shop = { namespace: "shop" };
const named = { ...shop, name: "web" };

test.each([
  ["POST /api/v1/namespaces/shop/pods", resourceAction("create", "pods", shop)],
  ["GET /api/v1/namespaces/shop/pods/web", resourceAction("get", "pods", named)],
  ["HEAD /api/v1/namespaces/shop/pods/web/log", resourceAction("get", "pods", { ...named, subresource: "log" })],
  [
    "POST /api/v1/namespaces/shop/pods/web/exec?command=ls",
    resourceAction("create", "pods", { ...named, subresource: "exec" }),
  ],
  [
    "PUT /apis/apps/v1/namespaces/shop/deployments/web/scale",
    resourceAction("update", "deployments", { ...named, apiGroup: "apps", subresource: "scale" }),
  ],
  ["GET /api/v1/nodes", resourceAction("list", "nodes")],
  ["GET /api/v1/nodes?watch=true", resourceAction("watch", "nodes")],
  ["GET /api/v1/nodes?watch=0", resourceAction("list", "nodes")],
  ["DELETE /api/v1/namespaces/shop/pods", resourceAction("deletecollection", "pods", shop)],
  ["DELETE /api/v1/namespaces/shop/pods/web", resourceAction("delete", "pods", named)],
  ["GET /api/v1/namespaces/shop", resourceAction("get", "namespaces", { namespace: "shop", name: "shop" })],
  [
    "PUT /api/v1/namespaces/shop/finalize",
    resourceAction("update", "namespaces", { namespace: "shop", name: "shop", subresource: "finalize" }),
  ],
  ["GET /api/v1/namespaces", resourceAction("list", "namespaces")],
  ["GET /api/v1/watch/namespaces/shop/pods", resourceAction("watch", "pods", shop)],
  ["GET /api/v1/proxy/nodes/n1/x", resourceAction("proxy", "nodes", { name: "n1" })],
  ["GET /healthz", { kind: "path", verb: "get", path: "/healthz" }],
  ["GET /apis/apps/v1", { kind: "path", verb: "get", path: "/apis/apps/v1" }],
  ["POST /api/v1", { kind: "path", verb: "post", path: "/api/v1" }],
] as const)("%s", (request, action) => {
  expect(ask(request)).toEqual(action);
});

test("a list by metadata.name carries the name, also among other terms, and not when other parameters are broken", () => {
  const one = { field: "metadata.name", operator: "=", value: "web" } as const;
  expect(ask("GET /api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb")).toEqual(
    resourceAction("list", "pods", { ...named, fieldSelector: [one] }),
  );
  expect(
    ask("GET /api/v1/namespaces/shop/pods?watch=1&fieldSelector=spec.nodeName!=a,metadata.name==web"),
  ).toMatchObject({ verb: "watch", name: "web" });
  expect(ask("GET /api/v1/namespaces/shop/pods?limit=x&fieldSelector=metadata.name=web")).toMatchObject({
    verb: "list",
    name: "",
  });
  expect(ask("GET /api/v1/namespaces/shop/pods?fieldSelector=metadata.name!=web")).toMatchObject({ name: "" });
  expect(ask("GET /api/v1/pods?fieldSelector=metadata.name=a/b")).toMatchObject({ name: "" });
  expect(ask("GET /api/v1/pods?fieldSelector=metadata.name=web", accessFeatures(30))).toEqual(
    resourceAction("list", "pods", { name: "web" }),
  );
});

test("a path that ends after a special verb is refused as a bad request", () => {
  expect(ask("GET /api/v1/watch/")).toBeUndefined();
});

const subresources = (minor: number, path: string) =>
  kubeletActions(accessFeatures(minor), "n1", "GET", path).map(({ subresource }) => subresource);

test("the kubelet asks for the narrow subresource first, from 1.33 on", () => {
  expect(subresources(32, "/pods")).toEqual(["proxy"]);
  expect(subresources(36, "/pods")).toEqual(["pods", "proxy"]);
  expect(subresources(36, "/runningpods/")).toEqual(["pods", "proxy"]);
  expect(subresources(36, "/metrics/cadvisor")).toEqual(["metrics"]);
  expect(subresources(36, "/podsx")).toEqual(["proxy"]);
  expect(subresources(36, "/exec/a/b/c")).toEqual(["proxy"]);
});
