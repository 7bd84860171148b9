import { afterEach, expect, test } from "vitest";
import { discover } from "./discovery.ts";
import {
  connectionTo,
  sendJson,
  startFakeServer,
  statusBody,
  testTransport,
  type Answerer,
} from "./fake-api-server.fixture.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serve(answer: Answerer) {
  const server = await startFakeServer(answer);
  const transport = testTransport(connectionTo(server.url));
  open.push(server.stop, transport.close);
  return { server, transport };
}

const LEGACY: Readonly<Record<string, unknown>> = {
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": {
    kind: "APIGroupList",
    groups: [
      {
        name: "batch",
        versions: [
          { groupVersion: "batch/v2", version: "v2" },
          { groupVersion: "batch/v1", version: "v1" },
        ],
        preferredVersion: { groupVersion: "batch/v1", version: "v1" },
      },
      {
        name: "metrics.k8s.io",
        versions: [{ groupVersion: "metrics.k8s.io/v1" }],
        preferredVersion: { groupVersion: "metrics.k8s.io/v1" },
      },
      { name: "unwanted.example", versions: [{ groupVersion: "unwanted.example/v1" }] },
    ],
  },
  "/api/v1": {
    kind: "APIResourceList",
    resources: [
      { name: "pods", kind: "Pod", namespaced: true, verbs: ["get", "list"] },
      { name: "pods/log", kind: "Pod", namespaced: true, verbs: ["get"] },
      { name: "nodes", kind: "Node", namespaced: false, verbs: ["list"] },
    ],
  },
  "/apis/batch/v1": {
    kind: "APIResourceList",
    resources: [{ name: "jobs", kind: "Job", namespaced: true, verbs: ["list"] }],
  },
  "/apis/batch/v2": {
    kind: "APIResourceList",
    resources: [{ name: "jobs", kind: "Job", namespaced: true, verbs: ["create"] }],
  },
};

const serveLegacy: Answerer = (_, response, url) => {
  const body = LEGACY[url.pathname];
  if (body === undefined)
    sendJson(response, 503, statusBody(503, "ServiceUnavailable", "the server is currently unable"));
  else sendJson(response, 200, body);
};

test("a server without aggregated discovery is asked group by group, and one that is down is told", async () => {
  const { server, transport } = await serve(serveLegacy);
  const discovery = await discover(transport, { groups: new Set(["", "batch", "metrics.k8s.io"]) });
  expect(discovery.versionsOf("batch", "jobs")).toMatchObject([
    { version: "v1", isListable: true, isNamespaced: true },
    { version: "v2", isListable: false },
  ]);
  expect(discovery.resources.map((resource) => resource.resource)).not.toContain("pods/log");
  expect(discovery.versionsOf("", "nodes")).toMatchObject([{ kind: "Node", isNamespaced: false }]);
  expect(discovery.unknown).toMatchObject([
    { groupVersion: "metrics.k8s.io/v1", failure: { code: "unavailable", answer: { status: 503 } } },
  ]);
  expect(server.asked.some((path) => path.includes("unwanted"))).toBe(false);
});

const aggregatedResource = (name: string, kind: string) => ({
  resource: name,
  responseKind: { group: "", version: "v1", kind },
  scope: "Namespaced",
  verbs: ["list"],
});

test.each(["v2", "v2beta1"])("aggregated discovery %s is read in two requests", async (version) => {
  const contentType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  const { server, transport } = await serve((request, response, url) => {
    expect(request.headers.accept).toContain("as=APIGroupDiscoveryList");
    const items =
      url.pathname === "/api"
        ? [
            {
              metadata: {},
              versions: [{ version: "v1", resources: [aggregatedResource("pods", "Pod")], freshness: "Current" }],
            },
          ]
        : [
            {
              metadata: { name: "apps" },
              versions: [{ version: "v1", resources: [aggregatedResource("deployments", "Deployment")] }],
            },
            { metadata: { name: "metrics.k8s.io" }, versions: [{ version: "v1", freshness: "Stale" }] },
          ];
    sendJson(response, 200, { kind: "APIGroupDiscoveryList", items }, { "content-type": contentType });
  });
  const discovery = await discover(transport);
  expect(server.asked).toHaveLength(2);
  expect(discovery.versionsOf("", "pods")).toHaveLength(1);
  expect(discovery.versionsOf("apps", "deployments")).toMatchObject([{ group: "apps", kind: "Deployment" }]);
  expect(discovery.unknown.map((unknown) => unknown.groupVersion)).toEqual(["metrics.k8s.io/v1"]);
});

test("what is no discovery document, or serves no core resources, is an error and never an empty cluster", async () => {
  for (const body of [{}, { kind: "APIVersions", versions: [] }, { versions: "v1" }]) {
    const { transport } = await serve((_, response, url) =>
      sendJson(response, 200, url.pathname === "/api" ? body : { kind: "APIGroupList", groups: [] }),
    );
    await expect(discover(transport)).rejects.toMatchObject({ failure: { code: "malformed" } });
  }
});
