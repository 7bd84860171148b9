// Certificates and keys named by a kubeconfig: inline data or a file, read and checked before anything connects.

import { readFile } from "node:fs/promises";
import { createSecureContext, getCACertificates } from "node:tls";
import { apiError, wordsOf } from "./api-error.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import { resolvePath } from "./kubeconfig-file.ts";

export interface MaterialPlace {
  /** How messages name it, e.g. `certificate-authority of cluster "prod"`. */
  readonly field: string;
  /** The kubeconfig, against whose directory `path` is resolved. */
  readonly file: string;
  readonly path: string;
  /** Base64 of PEM; counts before the file. */
  readonly data: string;
}

/** PEM text, or `undefined` when neither data nor file is named. Throws `file-unreadable`. */
export async function readMaterial(place: MaterialPlace, warnings: ConnectionWarning[]): Promise<string | undefined> {
  if (place.data !== "") {
    if (place.path !== "") warnings.push({ code: "data-over-file", arguments: { field: place.field } });
    return Buffer.from(place.data, "base64").toString("utf8");
  }
  if (place.path === "") return undefined;
  try {
    return await readFile(resolvePath(place.file, place.path), "utf8");
  } catch (error) {
    throw apiError("file-unreadable", { field: place.field, words: wordsOf(error) }, error);
  }
}

/** Throws `certificate-unusable` when OpenSSL cannot use it; the cause is left out, for it may quote a key. */
export function checkMaterial(
  field: string,
  material: { readonly ca?: string; readonly cert?: string; readonly key?: string },
): void {
  try {
    if (material.ca !== undefined && !material.ca.includes("-----BEGIN")) throw new Error("no PEM block");
    createSecureContext(material);
  } catch (error) {
    throw apiError("certificate-unusable", { field, words: wordsOf(error) });
  }
}

/** The authorities this machine trusts; used when a cluster names none, as kubectl does. */
export function systemAuthorities(): string[] {
  return [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
}
