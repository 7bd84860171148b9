// A kubeconfig for one server and one credential, written as JSON (which every kubeconfig reader takes as YAML).

import { writeFileSync } from "node:fs";
import type { KeyPair } from "./certificates.ts";

export type Credential = { readonly token: string } | { readonly certificate: KeyPair };

/** Writes the file, readable by its owner only, and returns its path. */
export function writeKubeconfig(path: string, url: string, caPath: string, credential: Credential): string {
  const user =
    "token" in credential
      ? { token: credential.token }
      : { "client-certificate": credential.certificate.certificatePath, "client-key": credential.certificate.keyPath };
  const configuration = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server: url, "certificate-authority": caPath } }],
    users: [{ name: "user", user }],
    contexts: [{ name: "test", context: { cluster: "test", user: "user" } }],
    "current-context": "test",
  };
  writeFileSync(path, JSON.stringify(configuration, null, 2), { mode: 0o600 });
  return path;
}
