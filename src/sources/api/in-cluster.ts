// The connection of a pod to its own cluster: the service account's token and CA (k8s.io/client-go/rest/config.go
// InClusterConfig), with the flags that beat them (tools/clientcmd/client_config.go inClusterClientConfig).

import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { NOWHERE } from "./chosen-context.ts";
import type { Connection, ServerTrust } from "./connection.ts";
import type { ConnectionFlags } from "./connection-flags.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import { checkToken, fixedCredential, type Clock, type CredentialSource } from "./credential.ts";
import { fileFailure, systemCode } from "./file-failure.ts";
import { impersonationOf } from "./impersonation.ts";
import type { Environment } from "./kubeconfig.ts";
import { insecureWarnings, serverTrust } from "./server-trust.ts";
import { readServerAddress } from "./server-address.ts";
import { readAuthority } from "./tls-material.ts";
import { tokenFileCredential } from "./token-file.ts";

export const SERVICE_ACCOUNT_DIRECTORY = "/var/run/secrets/kubernetes.io/serviceaccount";

export interface InClusterOptions {
  readonly environment: Environment;
  readonly serviceAccountDirectory: string;
  readonly flags: ConnectionFlags;
  readonly now: Clock;
}

/** `undefined` when this is no pod; throws when it is one whose account cannot be used. */
export async function inClusterConnection(options: InClusterOptions): Promise<Connection | undefined> {
  const { environment, serviceAccountDirectory: directory, flags } = options;
  const host = environment["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = environment["KUBERNETES_SERVICE_PORT"] ?? "";
  if (host === "" || port === "") return undefined;
  const mounted = await readMounted(directory, "ca.crt");
  if (mounted === undefined) return undefined;
  const address = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const server = readServerAddress(address, "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT", true);
  const warnings: ConnectionWarning[] = [];
  const tls = await trustOf(flags, mounted, warnings);
  warnings.push(...insecureWarnings(server, tls));
  return {
    server,
    context: "",
    namespace: (await readMounted(directory, "namespace"))?.trim() || "default",
    tls,
    isCompressed: true,
    credentials: credentialOf(options),
    impersonation: impersonationOf({ name: "", ...NOWHERE }, flags),
    warnings,
  };
}

async function trustOf(flags: ConnectionFlags, mounted: string, warnings: ConnectionWarning[]): Promise<ServerTrust> {
  const trust = await serverTrust({ name: "", ...NOWHERE }, flags, warnings);
  if (!trust.isVerified || trust.authority !== undefined) return trust;
  return { ...trust, authority: readAuthority({ field: fieldOf("ca.crt"), pem: mounted }) };
}

function credentialOf({ flags, serviceAccountDirectory, now }: InClusterOptions): CredentialSource {
  const token = flags.token ?? "";
  if (token === "") {
    return tokenFileCredential({
      path: join(serviceAccountDirectory, "token"),
      field: fieldOf("token"),
      base: {},
      now,
    });
  }
  checkToken(token, "--token");
  return fixedCredential({ token });
}

function fieldOf(file: string): string {
  return `${file} of the service account`;
}

async function readMounted(directory: string, file: string): Promise<string | undefined> {
  const path = join(directory, file);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw fileFailure(error, fieldOf(file), path);
  }
}
