// Certificates for servers on loopback: good ones from the test authority, expired ones signed by it, and another
// authority that signed none of them.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createCertificateAuthority, findOpenssl, writeKey } from "../../../test/servers/certificates.ts";
import type { ClientCertificate } from "./credential.ts";

export interface TestCertificates {
  readonly directory: string;
  readonly authority: string;
  readonly otherAuthority: string;
  /** For 127.0.0.1, localhost and api.test. */
  readonly server: ServingCertificate;
  readonly expiredServer: ServingCertificate;
  /** For elsewhere.test only. */
  readonly misnamedServer: ServingCertificate;
  readonly client: ClientCertificate;
  readonly expiredClient: ClientCertificate;
  readonly remove: () => void;
}

/** As node:tls takes it. */
export interface ServingCertificate {
  readonly cert: string;
  readonly key: string;
}

export const hasOpenssl = findOpenssl() !== undefined;

export async function createTestCertificates(): Promise<TestCertificates> {
  const directory = mkdtempSync(join(tmpdir(), "ringwall-api-"));
  const other = mkdtempSync(join(tmpdir(), "ringwall-api-other-"));
  const authority = await createCertificateAuthority(directory);
  const otherAuthority = await createCertificateAuthority(other);
  const sign = (name: string, extensions: readonly string[], days: number) =>
    signCertificate(directory, authority, name, extensions, days);
  const local = ["extendedKeyUsage = serverAuth", "subjectAltName = IP:127.0.0.1, DNS:localhost, DNS:api.test"];
  const elsewhere = ["extendedKeyUsage = serverAuth", "subjectAltName = DNS:elsewhere.test"];
  const client = await sign("client", ["extendedKeyUsage = clientAuth"], 2);
  const expiredClient = await sign("expired-client", ["extendedKeyUsage = clientAuth"], -1);
  return {
    directory,
    authority: readFileSync(authority.caPath, "utf8"),
    otherAuthority: readFileSync(otherAuthority.caPath, "utf8"),
    server: await sign("server", local, 2),
    expiredServer: await sign("expired", local, -1),
    misnamedServer: await sign("misnamed", elsewhere, 2),
    client: { certificate: client.cert, key: client.key },
    expiredClient: { certificate: expiredClient.cert, key: expiredClient.key },
    remove: () => {
      for (const folder of [directory, other]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

let serial = 1000;

async function signCertificate(
  directory: string,
  authority: { readonly caPath: string; readonly caKeyPath: string },
  name: string,
  extensions: readonly string[],
  days: number,
): Promise<ServingCertificate> {
  const base = join(directory, `signed-${name}`);
  const key = writeKey(`${base}.key`);
  const request = ["[req]", "prompt = no", "distinguished_name = subject", "[subject]", `CN = ${name}`];
  writeFileSync(`${base}.cnf`, [...request, "[extensions]", ...extensions, ""].join("\n"));
  await openssl("req", "-new", "-key", key, "-config", `${base}.cnf`, "-out", `${base}.csr`);
  const from = ["-in", `${base}.csr`, "-CA", authority.caPath, "-CAkey", authority.caKeyPath];
  const how = ["-days", String(days), "-set_serial", String(++serial), "-extfile", `${base}.cnf`];
  await openssl("x509", "-req", ...from, ...how, "-extensions", "extensions", "-out", `${base}.crt`);
  return { cert: readFileSync(`${base}.crt`, "utf8"), key: readFileSync(key, "utf8") };
}

async function openssl(...words: readonly string[]): Promise<void> {
  await promisify(execFile)(findOpenssl() ?? "openssl", [...words]);
}
