// A certificate authority for one test control plane: keys from node:crypto, certificates signed by the openssl program.

import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "./go-toolchain.ts";

export interface KeyPair {
  readonly certificatePath: string;
  readonly keyPath: string;
}

export interface CertificateAuthority {
  readonly caPath: string;
  readonly caKeyPath: string;
  /** A serving certificate for `127.0.0.1`, `::1`, `localhost` and more DNS names. */
  readonly server: (name: string, dnsNames?: readonly string[]) => Promise<KeyPair>;
  /** A client certificate: the common name is the user, each organization a group. */
  readonly client: (user: string, groups: readonly string[]) => Promise<KeyPair>;
}

export function findOpenssl(): string | undefined {
  return findProgram("openssl", ["/usr/bin"]);
}

/** Creates the authority's files in `directory`. Certificates live for two days. */
export async function createCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  const caPath = join(directory, "ca.crt");
  const caKeyPath = writeKey(join(directory, "ca.key"));
  const caConfiguration = writeConfiguration(
    join(directory, "ca.cnf"),
    ["CN = ringwall-test-ca"],
    ["basicConstraints = critical, CA:TRUE", "keyUsage = critical, digitalSignature, keyCertSign, cRLSign"],
  );
  await openssl(
    "req",
    "-x509",
    "-new",
    "-sha256",
    "-days",
    "2",
    "-key",
    caKeyPath,
    "-config",
    caConfiguration,
    "-out",
    caPath,
  );

  let serial = 1;
  const issue = async (name: string, subject: readonly string[], extensions: readonly string[]): Promise<KeyPair> => {
    const base = join(directory, `${name}-${serial}`);
    const pair = { certificatePath: `${base}.crt`, keyPath: writeKey(`${base}.key`) };
    const configuration = writeConfiguration(`${base}.cnf`, subject, extensions);
    const serialArguments = ["-set_serial", String(++serial), "-days", "2", "-sha256"];
    await openssl("req", "-new", "-key", pair.keyPath, "-config", configuration, "-out", `${base}.csr`);
    const signing = ["-CA", caPath, "-CAkey", caKeyPath, "-extfile", configuration, "-extensions", "extensions"];
    await openssl("x509", "-req", "-in", `${base}.csr`, ...signing, ...serialArguments, "-out", pair.certificatePath);
    return pair;
  };
  return {
    caPath,
    caKeyPath,
    server: (name, dnsNames = []) => {
      const names = ["IP:127.0.0.1", "IP:::1", "DNS:localhost", ...dnsNames.map((dnsName) => `DNS:${dnsName}`)];
      return issue(name, [`CN = ${name}`], ["extendedKeyUsage = serverAuth", `subjectAltName = ${names.join(", ")}`]);
    },
    client: (user, groups) => {
      const organizations = groups.map((group, index) => `${index}.O = ${group}`);
      return issue("client", [`CN = ${user}`, ...organizations], ["extendedKeyUsage = clientAuth"]);
    },
  };
}

/** Writes a new P-256 private key (SEC 1, which is what the API server reads) and returns its path. */
export function writeKey(path: string): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(path, privateKey.export({ type: "sec1", format: "pem" }), { mode: 0o600 });
  return path;
}

function writeConfiguration(path: string, subject: readonly string[], extensions: readonly string[]): string {
  const request = [
    "[req]",
    "prompt = no",
    "utf8 = yes",
    "distinguished_name = subject",
    "x509_extensions = extensions",
  ];
  writeFileSync(path, [...request, "[subject]", ...subject, "[extensions]", ...extensions, ""].join("\n"));
  return path;
}

async function openssl(...programArguments: readonly string[]): Promise<void> {
  await promisify(execFile)(findOpenssl() ?? "openssl", [...programArguments]);
}
