// Certificates and keys named by a kubeconfig: inline data or a file, read and checked before anything connects.

import { X509Certificate, createPrivateKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, getCACertificates } from "node:tls";
import { apiError, wordsOf } from "./api-error.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import type { ClientCertificate } from "./credential.ts";
import { fileFailure } from "./file-failure.ts";
import { resolvePath } from "./kubeconfig-file.ts";

export interface MaterialPlace {
  /** How messages name it, e.g. `/home/u/.kube/config:5: certificate-authority of cluster "prod"`. */
  readonly field: string;
  /** The same of the data. */
  readonly dataField: string;
  /** The kubeconfig, against whose directory `path` is resolved. */
  readonly file: string;
  readonly path: string;
  /** Base64 of PEM; counts before the file. */
  readonly data: string;
}

/** PEM as it was given, and the field that gave it. */
export interface Material {
  readonly field: string;
  readonly pem: string;
}

/** `undefined` when neither data nor file is named. Throws `data-not-base64` and the failures of files. */
export async function readMaterial(place: MaterialPlace, warnings: ConnectionWarning[]): Promise<Material | undefined> {
  if (place.data !== "") {
    if (place.path !== "") warnings.push({ code: "data-over-file", arguments: { field: place.field } });
    return { field: place.dataField, pem: decode(place.data, place.dataField) };
  }
  if (place.path === "") return undefined;
  const path = resolvePath(place.file, place.path);
  try {
    return { field: place.field, pem: await readFile(path, "utf8") };
  } catch (error) {
    throw fileFailure(error, place.field, path);
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Strict, as Go's decoder is: what Node's passes over would be a certificate cut short. */
function decode(data: string, field: string): string {
  const text = data.replace(/[\r\n]/g, "");
  if (!BASE64.test(text)) throw apiError("data-not-base64", { field });
  return Buffer.from(text, "base64").toString("utf8");
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates of an authority's PEM. Like client-go (crypto/x509 CertPool.AppendCertsFromPEM) it passes over blocks
 * that are no certificate as long as one is. Throws `certificate-unusable`.
 */
export function readAuthority({ field, pem }: Material): string {
  let words = "no BEGIN CERTIFICATE in it";
  const usable = (pem.match(CERTIFICATE) ?? []).filter((block) => {
    try {
      return new X509Certificate(block).raw.length > 0;
    } catch (error) {
      words = opensslWords(error);
      return false;
    }
  });
  if (usable.length === 0) throw apiError("certificate-unusable", { field, words });
  return usable.join("\n");
}

/**
 * A client certificate with its key, fit for each other. Throws `certificate-unusable`, `key-unusable` and `key-mismatch`;
 * causes are left out, for they may quote a key.
 */
export function readClientCertificate(certificate: Material, key: Material): ClientCertificate {
  const leaf = attempt(certificate.field, "certificate-unusable", () => {
    const [first] = certificate.pem.match(CERTIFICATE) ?? [];
    if (first === undefined) throw new Error("no BEGIN CERTIFICATE in it");
    return new X509Certificate(first);
  });
  const own: KeyObject = attempt(key.field, "key-unusable", () => {
    if (key.pem.includes("ENCRYPTED")) throw new Error("it needs a passphrase");
    return createPrivateKey(key.pem);
  });
  if (!leaf.checkPrivateKey(own)) throw apiError("key-mismatch", { field: key.field });
  attempt(certificate.field, "certificate-unusable", () =>
    createSecureContext({ cert: certificate.pem, key: key.pem }),
  );
  return { certificate: certificate.pem, key: key.pem };
}

function attempt<T>(field: string, code: "certificate-unusable" | "key-unusable", read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw apiError(code, { field, words: opensslWords(error) });
  }
}

/** `error:0480006C:PEM routines::no start line` says no more than its end. */
function opensslWords(error: unknown): string {
  return wordsOf(error).replace(/^error:[0-9A-F]+:[^:]*:[^:]*:/i, "");
}

/** The authorities this machine trusts; used when a cluster names none, as kubectl does. */
export function systemAuthorities(): string[] {
  return [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
}
