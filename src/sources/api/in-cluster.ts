// The connection of a pod to its own cluster: the service account's token and CA (k8s.io/client-go/rest/config.go
// InClusterConfig).

import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { apiError, wordsOf } from "./api-error.ts";
import type { Connection } from "./connection.ts";
import type { Clock } from "./credential.ts";
import type { Impersonation } from "./impersonation.ts";
import type { Environment } from "./kubeconfig.ts";
import { checkMaterial } from "./tls-material.ts";
import { tokenFileCredential } from "./token-file.ts";

export const SERVICE_ACCOUNT_DIRECTORY = "/var/run/secrets/kubernetes.io/serviceaccount";

export interface InClusterOptions {
  readonly environment: Environment;
  readonly serviceAccountDirectory: string;
  readonly impersonation: Impersonation;
  readonly now: Clock;
}

/** `undefined` when this is no pod; throws when it is one whose account cannot be used. */
export async function inClusterConnection(options: InClusterOptions): Promise<Connection | undefined> {
  const { environment, serviceAccountDirectory: directory } = options;
  const host = environment["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = environment["KUBERNETES_SERVICE_PORT"] ?? "";
  if (host === "" || port === "") return undefined;
  const authority = await readMounted(join(directory, "ca.crt"), "ca.crt of the service account");
  if (authority === undefined) return undefined;
  checkMaterial("ca.crt of the service account", { ca: authority });
  const namespace = (await readMounted(join(directory, "namespace"), "namespace of the service account"))?.trim();
  return {
    server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
    context: "",
    namespace: namespace || "default",
    tls: { authority, isVerified: true },
    isCompressed: true,
    credentials: tokenFileCredential({
      path: join(directory, "token"),
      field: "token of the service account",
      base: {},
      now: options.now,
    }),
    impersonation: options.impersonation,
    warnings: [],
  };
}

async function readMounted(path: string, field: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw apiError("file-unreadable", { field, words: wordsOf(error) }, error);
  }
}
