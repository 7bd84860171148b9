// Paged LIST (KEP-365, k8s.io/client-go/tools/pager): limit and continue, one page ahead of who reads, on through 410.
//
// Pages are asked for without a resourceVersion. `resourceVersion=0` would be answered from the server's cache, but it
// makes the server ignore the limit and build the whole list in one answer, may be stale, and saves it nothing since
// 1.34 answers pages from cache snapshots too. So: consistent pages, bounded memory on both sides.

import { ApiError, apiError } from "./api-error.ts";
import { itemsOf, listPageReader, type ListItem, type RawPage } from "./list-page.ts";
import type { Transport } from "./transport.ts";

export interface ListRequest {
  /** Of the resource, e.g. `/apis/apps/v1/deployments`. */
  readonly path: string;
  /** Items then have `metadata` alone. */
  readonly isMetadataOnly?: boolean | undefined;
  /** Items of a page at most. Default 500, as kubectl's. */
  readonly limit?: number | undefined;
  readonly fieldSelector?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ListPage {
  /** Parsed as they are taken, once. Throws `malformed`. */
  readonly items: Iterable<ListItem>;
  readonly count: number;
  /** How many are still to come, when the server says so; an estimate. */
  readonly remaining: number | undefined;
  /** On the last page. */
  readonly end?: ListEnd;
}

export interface ListEnd {
  /** From here a watch may go on, if the list is consistent. */
  readonly resourceVersion: string;
  /** All items are of one resourceVersion. Not so after a 410: then a watch must list anew. */
  readonly isConsistent: boolean;
}

const DEFAULT_LIMIT = 500;
const MOST_RESTARTS = 3;
const METADATA_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json";

/**
 * Yields pages; a page is whole before it is yielded. No object comes twice, even when the list must begin
 * anew. Throws ApiError; what was yielded before stays valid but is not all.
 */
export async function* listPages(transport: Transport, request: ListRequest): AsyncGenerator<ListPage, void> {
  const stop = new AbortController();
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal]);
  const fetchPage = (token: string) => readPage(transport, request, token, signal);
  const seen = new Set<string>();
  let isConsistent = true;
  let expirations = 0;
  const parsed = (page: RawPage): Generator<ListItem, void> => itemsOf(page, transport.server, request.path);
  /** Pages whose items were not all taken yet: their keys are not among those seen. */
  const untaken = new Set<RawPage>();
  const remembering = function* (page: RawPage): Generator<ListItem, void> {
    for (const item of parsed(page)) {
      seen.add(keyOf(item));
      yield item;
    }
    untaken.delete(page);
  };
  let next: Promise<RawPage> = fetchPage("");
  try {
    for (;;) {
      const page = await next.catch((error: unknown) => {
        const token = continueAfter(error, transport.server, ++expirations);
        isConsistent = false;
        for (const page of untaken) for (const item of parsed(page)) seen.add(keyOf(item));
        untaken.clear();
        return fetchPage(token);
      });
      const hasMore = page.continueToken !== "";
      if (hasMore) {
        next = fetchPage(page.continueToken);
        next.catch(() => {}); // met again at the next turn, if there is one
      }
      if (isConsistent) untaken.add(page);
      const items = isConsistent ? remembering(page) : unseen(parsed(page), seen);
      const count = page.texts.length;
      if (hasMore) yield { items, count, remaining: page.remaining };
      else {
        yield { items, count, remaining: 0, end: { resourceVersion: page.resourceVersion, isConsistent } };
        return;
      }
    }
  } finally {
    stop.abort();
  }
}

function unseen(items: Iterable<ListItem>, seen: Set<string>): readonly ListItem[] {
  const fresh: ListItem[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (!seen.has(key)) fresh.push(item);
    seen.add(key);
  }
  return fresh;
}

/** Where to go on after a 410: the server's token for the rest at a newer version, or empty to begin anew. */
function continueAfter(error: unknown, server: string, expirations: number): string {
  if (!(error instanceof ApiError) || error.failure.answer?.status !== 410) throw error;
  const { continueToken } = error.failure.answer;
  if (continueToken === undefined && expirations > MOST_RESTARTS) {
    throw apiError("expired", { server, attempts: expirations }, error);
  }
  return continueToken ?? "";
}

function readPage(transport: Transport, request: ListRequest, token: string, signal: AbortSignal): Promise<RawPage> {
  const { path, fieldSelector, isMetadataOnly } = request;
  const query = {
    limit: String(request.limit ?? DEFAULT_LIMIT),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
    ...(token === "" ? {} : { continue: token }),
  };
  const accept = isMetadataOnly === true ? { accept: METADATA_ONLY } : {};
  return transport.read({ path, query, signal, ...accept }, listPageReader(transport.server, path));
}

function keyOf({ metadata }: ListItem): string {
  return metadata?.uid || `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
}
