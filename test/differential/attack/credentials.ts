// Credentials as attackers come by them: tokens of accounts and certificates, never impersonation.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { RequestOptions } from "../../servers/api-request.ts";
import { findOpenssl, writeKey, type KeyPair } from "../../servers/certificates.ts";
import type { AttackCluster } from "./attack-cluster.ts";

export type Credential = Pick<RequestOptions, "token" | "certificate">;

/** A token for a service account, a client certificate for anybody else. */
export async function credentialOf({ controlPlane }: AttackCluster, user: string): Promise<Credential> {
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user);
  if (account === null) {
    const groups = user.startsWith("system:node:") ? ["system:nodes"] : [];
    return { certificate: await controlPlane.clientCertificateFor(user, groups) };
  }
  const path = `/api/v1/namespaces/${account[1]}/serviceaccounts/${account[2]}/token`;
  const answer = await controlPlane.request("POST", path, TOKEN_REQUEST);
  return { token: tokenIn(answer.body) };
}

export const TOKEN_REQUEST = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };

export function tokenIn(request: unknown): string {
  return (request as { readonly status: { readonly token: string } }).status.token; // a TokenRequest that was answered
}

/** A new key with a certificate request for the subject; the text is PEM. */
export async function certificateRequest(
  { controlPlane }: AttackCluster,
  { file, user, groups }: { readonly file: string; readonly user: string; readonly groups: readonly string[] },
): Promise<{ readonly request: string; readonly keyPath: string }> {
  const base = controlPlane.workspace.path(file);
  const keyPath = writeKey(`${base}.key`);
  const subject = [...groups.map((group, index) => `${index}.O = ${group}`), `CN = ${user}`];
  writeFileSync(
    `${base}.cnf`,
    ["[req]", "prompt = no", "distinguished_name = subject", "[subject]", ...subject, ""].join("\n"),
  );
  const requestArguments = ["req", "-new", "-key", keyPath, "-config", `${base}.cnf`];
  const { stdout } = await promisify(execFile)(findOpenssl() ?? "openssl", requestArguments);
  return { request: stdout, keyPath };
}

export function keyPairOf(
  { controlPlane }: AttackCluster,
  file: string,
  certificate: string,
  keyPath: string,
): KeyPair {
  const certificatePath = controlPlane.workspace.path(`${file}.crt`);
  writeFileSync(certificatePath, certificate);
  return { certificatePath, keyPath };
}
