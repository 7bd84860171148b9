// One page of a list, read as it arrives. It is handed on only when all of it is there: half a page is an error, never
// a short list. Its items stay text until they are wanted one by one: objects that live as long as a page outlive V8's
// nursery, and 50,000 of them made the heap a third larger.

import { integer, narrow, object, string, type TypeOf } from "../../kubernetes/shape.ts";
import { apiError } from "./api-error.ts";
import type { Consume } from "./api-request.ts";
import { createItemSplitter } from "./item-splitter.ts";
import { parseKeepingManagedFields } from "./managed-fields.ts";

const itemMetadata = object({ uid: string, namespace: string, name: string, resourceVersion: string });
const itemShape = object({ metadata: itemMetadata });

/** An item as the server sent it. Only what lists themselves need is known of it. */
export interface ListItem {
  readonly metadata?: TypeOf<typeof itemMetadata> | null;
  readonly [field: string]: unknown;
}

export interface RawPage {
  /** JSON of each item. */
  readonly texts: readonly string[];
  readonly resourceVersion: string;
  /** Empty on the last page. */
  readonly continueToken: string;
  readonly remaining: number | undefined;
}

const envelopeShape = object({
  kind: string,
  metadata: object({ resourceVersion: string, continue: string, remainingItemCount: integer }),
});

/** Throws `truncated` and `malformed`; what is malformed inside an item is met by {@link itemsOf}. */
export function listPageReader(server: string, path: string): Consume<RawPage> {
  const malformed = (words: string) => apiError("malformed", { server, path, words });
  return async ({ body }) => {
    const splitter = createItemSplitter();
    const texts: string[] = [];
    const addItem = (text: string): unknown => texts.push(text);
    // undici and zlib stream bytes
    for await (const chunk of body as AsyncIterable<Uint8Array>) splitter.push(chunk, addItem);
    const end = splitter.end();
    if (end.kind === "truncated") throw apiError("truncated", { server, path });
    if (end.kind === "malformed") throw malformed("not the JSON of a list");
    const envelope = narrow(envelopeShape, parseObject(end.envelope));
    if (!envelope.ok || envelope.value.kind?.endsWith("List") !== true) throw malformed("not the JSON of a list");
    const { resourceVersion, continue: continueToken, remainingItemCount } = envelope.value.metadata ?? {};
    return {
      texts,
      resourceVersion: resourceVersion ?? "",
      continueToken: continueToken ?? "",
      remaining: remainingItemCount ?? undefined,
    };
  };
}

/** Parses one after the other; managedFields stay text. Throws `malformed`. */
export function* itemsOf({ texts }: RawPage, server: string, path: string): Generator<ListItem, void> {
  for (const [index, text] of texts.entries()) {
    const item = readItem(parseObject(text, parseKeepingManagedFields));
    if (item === undefined) {
      throw apiError("malformed", { server, path, words: `item ${index} of the list is no Kubernetes object` });
    }
    yield item;
  }
}

/** `undefined` when the value is no object or its metadata is not of the right types. */
export function readItem(value: unknown): ListItem | undefined {
  const item = value === null ? undefined : narrow(itemShape, value);
  return item?.ok === true ? item.value : undefined;
}

/** What is no JSON object becomes an array, which fits no object shape; null would be taken for an empty object. */
function parseObject(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    const value = parse(text);
    return value !== null && typeof value === "object" ? value : [];
  } catch {
    return []; // the words of the parser are dropped: they quote the text
  }
}
