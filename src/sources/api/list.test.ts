import { gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import {
  connectionTo,
  podItem,
  podList,
  sendJson,
  startFakeServer,
  statusBody,
  testTransport,
  type Answerer,
  type FakeServer,
} from "./fake-api-server.fixture.ts";
import { listPages, type ListPage, type ListRequest } from "./list.ts";
import type { TransportOptions } from "./transport.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serve(answer: Answerer, options: Partial<TransportOptions> = {}) {
  const server = await startFakeServer(answer);
  const transport = testTransport(connectionTo(server.url), options);
  open.push(server.stop, transport.close);
  return { server, transport };
}

async function readAll(
  transport: ReturnType<typeof testTransport>,
  request: Partial<ListRequest> = {},
): Promise<{ readonly names: readonly string[]; readonly pages: readonly ListPage[] }> {
  const pages: ListPage[] = [];
  for await (const page of listPages(transport, { path: "/api/v1/pods", ...request })) pages.push(page);
  return { names: pages.flatMap((page) => [...page.items].map((item) => item.metadata?.name ?? "")), pages };
}

function continuesOf(server: FakeServer): readonly (string | null)[] {
  return server.asked.map((path) => new URL(path, "http://fake").searchParams.get("continue"));
}

/** Five pods in pages of two; `before` may answer in its place. */
function pagedPods(
  before: (token: string, response: ServerResponse, count: number) => boolean = () => false,
): Answerer {
  let count = 0;
  return (_, response, url) => {
    const token = url.searchParams.get("continue") ?? "";
    if (before(token, response, ++count)) return;
    const from = token === "" ? 0 : Number(/\d+/.exec(token)?.[0]);
    const items = [0, 1, 2, 3, 4].slice(from, from + 2).map((number) => podItem(number));
    const more = from + 2 < 5 ? { continue: `after-${from + 2}`, remainingItemCount: 5 - from - 2 } : {};
    sendJson(response, 200, podList(items, more));
  };
}

const ALL = ["pod-0", "pod-1", "pod-2", "pod-3", "pod-4"];

test("pages follow their continue tokens and end with a resourceVersion to watch from", async () => {
  const { server, transport } = await serve(pagedPods());
  const { names, pages } = await readAll(transport, { limit: 2 });
  expect(names).toEqual(ALL);
  expect(pages.map((page) => page.remaining)).toEqual([3, 1, 0]);
  expect(pages.at(-1)?.end).toEqual({ resourceVersion: "7", isConsistent: true });
  expect(continuesOf(server)).toEqual([null, "after-2", "after-4"]);
  expect(server.asked[0]).toBe("/api/v1/pods?limit=2");
});

test("an expired list goes on where the server says, and is no longer one to watch from", async () => {
  const { server, transport } = await serve(
    pagedPods((token, response) => {
      if (token !== "after-2") return false;
      const metadata = { continue: "newer-2" };
      sendJson(response, 410, statusBody(410, "Expired", "The provided continue parameter is too old", { metadata }));
      return true;
    }),
  );
  const { names, pages } = await readAll(transport);
  expect(names).toEqual(ALL);
  expect(pages.at(-1)?.end?.isConsistent).toBe(false);
  expect(continuesOf(server)).toEqual([null, "after-2", "newer-2", "after-4"]);
});

test("an expired list without such a place begins anew, and yields no object twice", async () => {
  let expirations = 0;
  const { transport } = await serve(
    pagedPods((token, response) => {
      if (token !== "after-4" || expirations++ > 0) return false;
      sendJson(response, 410, statusBody(410, "Expired", "too old"));
      return true;
    }),
  );
  const { names, pages } = await readAll(transport);
  expect(names).toEqual(ALL);
  expect(pages.at(-1)?.end?.isConsistent).toBe(false);
});

test("a list that expires again and again is an error, not an endless loop", async () => {
  const { transport } = await serve(
    pagedPods((token, response) => {
      if (token === "") return false;
      sendJson(response, 410, statusBody(410, "Expired", "too old"));
      return true;
    }),
  );
  await expect(readAll(transport)).rejects.toMatchObject({ failure: { code: "expired" } });
});

test("a connection broken in the middle of a page is tried again, and nothing comes twice", async () => {
  const { transport } = await serve(
    pagedPods((token, response, count) => {
      if (token !== "after-2" || count > 2) return false;
      response.writeHead(200, { "content-type": "application/json" });
      response.write(JSON.stringify(podList([podItem(2), podItem(3)])).slice(0, -30), () => response.destroy());
      return true;
    }),
  );
  expect((await readAll(transport)).names).toEqual(ALL);
  expect(transport.pauses).toHaveLength(1);
});

test("JSON that ends in the middle is never a shorter list", async () => {
  const { server, transport } = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(podList([podItem(0), podItem(1)])).slice(0, -2));
  });
  await expect(readAll(transport)).rejects.toMatchObject({
    message: `http://127.0.0.1:${server.url.port}: the answer of /api/v1/pods ends in the middle`,
  });
  expect(server.asked).toHaveLength(5);
});

test("gzip that ends in the middle is never a shorter list", async () => {
  const { transport } = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify(podList([podItem(0), podItem(1)]))).subarray(0, -12));
  });
  await expect(readAll(transport)).rejects.toMatchObject({ failure: { code: "truncated" } });
});

test.each([
  ["an answer that is no list", { kind: "Pod", apiVersion: "v1", metadata: {} }],
  ["an item that is no object", podList(["text"])],
  ["an item whose name is no text", podList([{ metadata: { name: 1 } }])],
])("%s is malformed", async (_, body) => {
  const { transport } = await serve((_request, response) => sendJson(response, 200, body));
  await expect(readAll(transport)).rejects.toMatchObject({ failure: { code: "malformed" } });
});

test("chunks may end inside a character", async () => {
  const name = "größe-😀-€";
  const bytes = Buffer.from(JSON.stringify(podList([podItem(0, name), podItem(1, name)])));
  const { transport } = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const sendFrom = (at: number): void => {
      if (at >= bytes.length) response.end();
      else response.write(bytes.subarray(at, at + 3), () => sendFrom(at + 3));
    };
    sendFrom(0);
  });
  expect((await readAll(transport)).names).toEqual([name, name]);
});

test("gzipped answers are asked for and read", async () => {
  let accepted: string | string[] | undefined;
  const { transport } = await serve((request, response) => {
    accepted = request.headers["accept-encoding"];
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify(podList([podItem(0)]))));
  });
  expect((await readAll(transport)).names).toEqual(["pod-0"]);
  expect(accepted).toBe("gzip");
});

test("metadata alone is asked for by its media type", async () => {
  let accept = "";
  const { transport } = await serve((request, response) => {
    accept = request.headers.accept ?? "";
    sendJson(response, 200, { ...podList([podItem(0)]), kind: "PartialObjectMetadataList" });
  });
  expect((await readAll(transport, { isMetadataOnly: true })).names).toEqual(["pod-0"]);
  expect(accept).toMatch(/^application\/json;as=PartialObjectMetadataList;g=meta\.k8s\.io;v=v1\b/);
});

test("who stops reading stops the requests", async () => {
  const { server, transport } = await serve(pagedPods());
  for await (const page of listPages(transport, { path: "/api/v1/pods" })) {
    expect([...page.items]).toHaveLength(2);
    break;
  }
  // The one page read ahead, and no more.
  expect(server.asked.length).toBeLessThanOrEqual(2);
});

test("an aborted list ends with the word for it", async () => {
  const { transport } = await serve(() => {});
  const abort = new AbortController();
  const reading = readAll(transport, { signal: abort.signal });
  abort.abort();
  await expect(reading).rejects.toMatchObject({ failure: { code: "aborted" } });
});

test("a server that trickles is told as too slow", async () => {
  const { transport } = await serve(
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    },
    { totalTimeoutMilliseconds: 200 },
  );
  await expect(readAll(transport)).rejects.toMatchObject({ failure: { code: "too-slow" } });
});

test("a server that stalls in the middle is tried again, then told", async () => {
  const { server, transport } = await serve(
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"kind":"PodList",');
    },
    {
      stallTimeoutMilliseconds: 50,
      retry: { attempts: 2, firstDelayMilliseconds: 1, longestDelayMilliseconds: 1, longestRetryAfterSeconds: 1 },
    },
  );
  await expect(readAll(transport)).rejects.toMatchObject({ failure: { code: "stalled" } });
  expect(server.asked).toHaveLength(2);
});
