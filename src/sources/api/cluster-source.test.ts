import { afterEach, expect, test } from "vitest";
import { readCluster, type ClusterEvent, type ClusterSourceOptions } from "./cluster-source.ts";
import {
  connectionTo,
  podItem,
  podList,
  sendJson,
  startFakeServer,
  statusBody,
  testTransport,
  type Answerer,
} from "./fake-api-server.fixture.ts";
import { SCAN_KINDS, type ScanKind } from "./scan-kinds.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const kindsOf = (...resources: string[]): readonly ScanKind[] =>
  resources.flatMap((resource) => SCAN_KINDS.filter((kind) => kind.group === "" && kind.resource === resource));

function discoveryOf(version: string, resources: readonly string[]): Answerer {
  return (_, response, url) => {
    if (url.pathname === "/api") sendJson(response, 200, { kind: "APIVersions", versions: [version] });
    else if (url.pathname === "/apis") sendJson(response, 200, { kind: "APIGroupList", groups: [] });
    else {
      const served = resources.map((name) => ({ name, kind: "Any", namespaced: true, verbs: ["list"] }));
      sendJson(response, 200, { kind: "APIResourceList", resources: served });
    }
  };
}

const isDiscovery = (path: string): boolean => /^\/apis?(\/[^/]+)?$/.test(path);

/** Serves discovery of these core resources, and lists by `list`. */
async function serve(resources: readonly string[], list: Answerer, version = "v1") {
  const discovery = discoveryOf(version, resources);
  const server = await startFakeServer((request, response, url) =>
    isDiscovery(url.pathname) ? discovery(request, response, url) : list(request, response, url),
  );
  const transport = testTransport(connectionTo(server.url), {
    retry: { attempts: 1, firstDelayMilliseconds: 1, longestDelayMilliseconds: 1, longestRetryAfterSeconds: 1 },
  });
  open.push(server.stop, transport.close);
  const read = async (options: Partial<ClusterSourceOptions>): Promise<readonly ClusterEvent[]> => {
    const events: ClusterEvent[] = [];
    for await (const event of readCluster({ transport, ...options })) events.push(event);
    return events;
  };
  return { server, transport, read };
}

const gapsOf = (events: readonly ClusterEvent[]) =>
  events.flatMap((event) => (event.kind === "gap" ? [event.gap] : []));
const objectsOf = (events: readonly ClusterEvent[]) =>
  events.flatMap((event) => (event.kind === "objects" ? event.objects : []));

test("objects get the type that lists leave out, and say where they are from", async () => {
  const item = { ...podItem(1), spec: { nodeName: "n" } };
  const metadata = { ...item.metadata, resourceVersion: "42", managedFields: [{ manager: "kubectl" }] };
  const { read, transport } = await serve(["pods"], (_, response) =>
    sendJson(response, 200, podList([{ ...item, metadata }])),
  );
  const events = await read({ kinds: kindsOf("pods") });
  expect(objectsOf(events)).toEqual([
    {
      object: {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...item.metadata, resourceVersion: "42" },
        spec: { nodeName: "n" },
      },
      provenance: {
        kind: "server",
        server: transport.server,
        resourceVersion: "42",
        managedFields: '[{"manager":"kubectl"}]',
      },
    },
  ]);
  expect(events.at(-1)).toMatchObject({ kind: "listed", namespace: "", isConsistent: true });
});

test("a forbidden kind is a gap with the server's words, and the others go on", async () => {
  const words =
    'services is forbidden: User "eve" cannot list resource "services" in API group "" at the cluster scope';
  const { read, transport } = await serve(["pods", "services"], (_, response, url) => {
    if (url.pathname === "/api/v1/services") sendJson(response, 403, statusBody(403, "Forbidden", words));
    else sendJson(response, 200, podList([podItem(1)]));
  });
  const events = await read({ kinds: kindsOf("services", "pods") });
  expect(objectsOf(events)).toHaveLength(1);
  const reason = { id: "api/forbidden", arguments: expect.objectContaining({ server: transport.server, words }) };
  const unread = { group: "", kind: "Service" };
  expect(gapsOf(events)).toEqual([{ code: "api/forbidden", what: "services", reason, unread }]);
});

test("a kind the server does not have is no gap; one it has in an unknown version is", async () => {
  const { read, server } = await serve(["pods"], (_, response) => sendJson(response, 200, podList([])), "v9");
  const events = await read({ kinds: kindsOf("pods", "services") });
  expect(gapsOf(events).map((gap) => [gap.code, gap.what, gap.reason.arguments])).toEqual([
    ["api/version-unknown", "pods", { resource: "pods", served: "v9" }],
  ]);
  expect(server.asked.filter((path) => !isDiscovery(path))).toEqual([]);
});

test("with namespaces, each is listed on its own and its Namespace read by name", async () => {
  const { read, server } = await serve(["pods", "namespaces", "nodes"], (_, response, url) => {
    if (url.pathname === "/api/v1/namespaces/typo") {
      sendJson(response, 404, statusBody(404, "NotFound", 'namespaces "typo" not found'));
    } else if (/^\/api\/v1\/namespaces\/[^/]+$/.test(url.pathname)) {
      sendJson(response, 200, {
        kind: "Namespace",
        apiVersion: "v1",
        metadata: { name: "shop", resourceVersion: "3" },
      });
    } else sendJson(response, 200, podList([]));
  });
  const events = await read({
    kinds: kindsOf("pods", "namespaces", "nodes"),
    namespaces: ["shop", "typo"],
    concurrency: 1,
  });
  expect(server.asked.map((path) => path.replace(/\?.*/, "")).filter((path) => !isDiscovery(path))).toEqual([
    "/api/v1/namespaces/shop",
    "/api/v1/namespaces/typo",
    "/api/v1/nodes",
    "/api/v1/namespaces/shop/pods",
    "/api/v1/namespaces/typo/pods",
  ]);
  expect(objectsOf(events).map(({ object }) => object.metadata?.name)).toEqual(["shop"]);
  expect(gapsOf(events).map((gap) => gap.what)).toEqual(["namespaces in namespace typo"]);
});

test("a server that dies is asked once whether it is gone, and every kind left is a gap", async () => {
  const resources = ["pods", "services", "configmaps", "limitranges"];
  const { read, server } = await serve(resources, (_, response) => response.destroy());
  const events = await read({ kinds: kindsOf(...resources), concurrency: 1 });
  expect(gapsOf(events).map((gap) => [gap.what, gap.code])).toEqual([
    ["services", "api/reset"],
    ["configmaps", "api/server-gone"],
    ["limitranges", "api/server-gone"],
    ["pods", "api/server-gone"],
  ]);
  expect(server.asked.filter((path) => !isDiscovery(path)).map((path) => path.replace(/\?.*/, ""))).toEqual([
    "/api/v1/services",
    "/version",
  ]);
});

test("without the right to discover, kinds are asked for on trust", async () => {
  const server = await startFakeServer((_, response, url) => {
    if (isDiscovery(url.pathname)) sendJson(response, 403, statusBody(403, "Forbidden", "no discovery"));
    else if (url.pathname === "/api/v1/pods") sendJson(response, 200, podList([podItem(1)]));
    else sendJson(response, 404, statusBody(404, "NotFound", "not found"));
  });
  const transport = testTransport(connectionTo(server.url));
  open.push(server.stop, transport.close);
  const events: ClusterEvent[] = [];
  const kinds = [...kindsOf("pods", "services"), ...SCAN_KINDS.filter((kind) => kind.resource === "rollouts")];
  for await (const event of readCluster({ transport, kinds })) events.push(event);
  expect(objectsOf(events)).toHaveLength(1);
  expect(gapsOf(events).map((gap) => [gap.what, gap.code])).toEqual([
    ["rollouts.argoproj.io", "api/group-unavailable"],
  ]);
});

test("credentials that are not accepted end the scan at once", async () => {
  const server = await startFakeServer((_, response) =>
    sendJson(response, 401, statusBody(401, "Unauthorized", "Unauthorized")),
  );
  const transport = testTransport(connectionTo(server.url));
  open.push(server.stop, transport.close);
  await expect(readCluster({ transport }).next()).rejects.toMatchObject({ failure: { code: "unauthorized" } });
});

test("what controls others is read before what it controls", async () => {
  const resources = ["pods", "replicationcontrollers", "services", "podtemplates"];
  const { read } = await serve(resources, (_, response) => sendJson(response, 200, podList([podItem(1)])));
  const events = await read({ kinds: kindsOf(...resources) });
  const order = events.flatMap((event) => (event.kind === "objects" ? [event.scanKind.resource] : []));
  expect(order.slice(-2)).toEqual(["replicationcontrollers", "pods"]);
});

test("no more kinds are listed at once than allowed", async () => {
  const resources = ["services", "configmaps", "limitranges", "resourcequotas", "serviceaccounts", "podtemplates"];
  const waiting: (() => void)[] = [];
  let most = 0;
  const { read } = await serve(resources, (_, response) => {
    waiting.push(() => sendJson(response, 200, podList([])));
    most = Math.max(most, waiting.length);
    // Six kinds, three at a time: answered when the third has come.
    if (waiting.length === 3) for (const send of waiting.splice(0)) send();
  });
  expect(gapsOf(await read({ kinds: kindsOf(...resources), concurrency: 3 }))).toEqual([]);
  expect(most).toBe(3);
});

test("an interrupted scan ends with the word for it", async () => {
  const abort = new AbortController();
  const { read } = await serve(["pods"], () => abort.abort());
  await expect(read({ kinds: kindsOf("pods"), signal: abort.signal })).rejects.toMatchObject({
    failure: { code: "aborted" },
  });
});
