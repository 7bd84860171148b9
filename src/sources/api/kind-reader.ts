// All objects of one kind, from all namespaces or one, as typed objects with their provenance.

import type { KubernetesObject } from "../../kubernetes/object.ts";
import { apiError } from "./api-error.ts";
import { readItem, type ListItem } from "./list-page.ts";
import { listPages, type ListEnd } from "./list.ts";
import { detachManagedFields } from "./managed-fields.ts";
import type { ScanKind } from "./scan-kinds.ts";
import type { ServedObject } from "./server-provenance.ts";
import { asJson, type Transport } from "./transport.ts";

export interface KindRequest {
  readonly scanKind: ScanKind;
  readonly version: string;
  /** Empty for all. */
  readonly namespace: string;
  readonly limit?: number | undefined;
  readonly signal: AbortSignal;
}

export interface KindPage {
  /** Parsed as they are taken, once. Throws `malformed`. */
  readonly objects: Iterable<ServedObject>;
  readonly count: number;
  readonly remaining: number | undefined;
  /** On the last page. */
  readonly end?: ListEnd;
}

/** Throws ApiError. A Namespace is read by its name when a namespace is given: for that a right in it is enough. */
export async function* readKindPages(transport: Transport, request: KindRequest): AsyncGenerator<KindPage, void> {
  const { scanKind, version, namespace, limit, signal } = request;
  const { group, resource, isMetadataOnly } = scanKind;
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  const place = namespace === "" ? root : `${root}/namespaces/${encodeURIComponent(namespace)}`;
  const serve = (item: ListItem): ServedObject => servedObject(item, transport.server, request);
  if (namespace !== "" && isNamespaceKind(scanKind)) {
    const { value } = await transport.read({ path: place, signal }, asJson(transport.server, place));
    const item = readItem(value);
    if (item === undefined) throw apiError("malformed", { server: transport.server, path: place, words: "no object" });
    const end = { resourceVersion: item.metadata?.resourceVersion ?? "", isConsistent: true };
    yield { objects: [serve(item)], count: 1, remaining: 0, end };
    return;
  }
  const pages = listPages(transport, { path: `${place}/${resource}`, isMetadataOnly, limit, signal });
  for await (const { items, ...page } of pages) yield { ...page, objects: served(items, serve) };
}

function* served(items: Iterable<ListItem>, serve: (item: ListItem) => ServedObject): Generator<ServedObject, void> {
  for (const item of items) yield serve(item);
}

export function isNamespaceKind({ group, resource }: ScanKind): boolean {
  return group === "" && resource === "namespaces";
}

function servedObject(item: ListItem, server: string, { scanKind, version }: KindRequest): ServedObject {
  const { group, kind, isMetadataOnly } = scanKind;
  const managedFields = detachManagedFields(item.metadata);
  const type = { apiVersion: group === "" ? version : `${group}/${version}`, kind };
  // Items of built-in lists leave their type out, and items of metadata have the type PartialObjectMetadata.
  const typed = isMetadataOnly === true ? { ...type, metadata: item.metadata } : { ...type, ...item };
  return {
    object: typed as KubernetesObject, // metadata is narrowed by who takes the object, as that of files is
    provenance: {
      kind: "server",
      server,
      resourceVersion: item.metadata?.resourceVersion ?? "",
      ...(managedFields === undefined ? {} : { managedFields }),
    },
  };
}
