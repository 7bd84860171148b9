// The manifests of real applications (oracle `manifests`) as objects that one API server can hold: each file in a
// namespace of its own, so that equal names do not meet.

import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { readManifestStream } from "../../src/sources/manifests/manifest-source.ts";
import { SCAN_KINDS, type ScanKind } from "../../src/sources/api/scan-kinds.ts";
import { readObject } from "../../src/cluster/read-resource.ts";
import { filesOfTar } from "../network/tar.ts";
import { oraclePath } from "../oracles/oracle.ts";

export const MANIFESTS = "manifests/manifests.tar.gz";

export interface ApplicationObject {
  readonly file: string;
  readonly scanKind: ScanKind;
  /** Where to create it. */
  readonly path: string;
  readonly object: { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } };
}

/** Kinds that would change how the server itself works. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "APIService",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "ResourceQuota",
  "LimitRange",
  "ValidatingWebhookConfiguration",
]);

export async function* applicationObjects(): AsyncGenerator<ApplicationObject> {
  const archive = gunzipSync(readFileSync(oraclePath(MANIFESTS)));
  let number = 0;
  for (const [file, text] of filesOfTar(archive)) {
    if (!/\.ya?ml$/.test(file)) continue;
    const namespace = `file-${++number}`;
    for await (const items of readManifestStream(chunksOf(text), file, ".yaml")) {
      for (const item of items) {
        const one = item.kind === "value" ? placed(item.value, file, namespace) : undefined;
        if (one !== undefined) yield one;
      }
    }
  }
}

// oxlint-disable-next-line typescript/require-await -- a stream of one chunk
async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

function placed(value: unknown, file: string, namespace: string): ApplicationObject | undefined {
  const read = readObject(value, namespace);
  if (read.kind !== "object") return undefined;
  const { apiVersion, kind, metadata } = read.object;
  const scanKind = SCAN_KINDS.find((row) => row.group === read.id.group && row.kind === kind);
  const name = metadata?.name;
  if (scanKind === undefined || LEFT_OUT.has(kind) || name == null) return undefined;
  const { namespace: _, ...others } = metadata ?? {};
  const place = scanKind.isNamespaced ? { namespace } : {};
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const home = scanKind.isNamespaced ? `${root}/namespaces/${namespace}` : root;
  return {
    file,
    scanKind,
    path: `${home}/${scanKind.resource}`,
    object: { ...read.object, metadata: { ...others, name, ...place } },
  };
}
