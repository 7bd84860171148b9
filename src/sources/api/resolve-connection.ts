// From kubeconfig, flags and environment to one connection, as kubectl decides it
// (k8s.io/client-go/tools/clientcmd/client_config.go, merged_client_builder.go).

import { apiError } from "./api-error.ts";
import { chooseContext, type ChosenContext } from "./chosen-context.ts";
import type { Connection, ServerTrust } from "./connection.ts";
import type { ConnectionFlags } from "./connection-flags.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import { fixedCredential, type Clock } from "./credential.ts";
import { EXEC_EXTENSION } from "./exec-plugin.ts";
import { impersonationOf } from "./impersonation.ts";
import { SERVICE_ACCOUNT_DIRECTORY, inClusterConnection } from "./in-cluster.ts";
import { kubeconfigFiles, loadKubeconfig, type KubeconfigPlaces } from "./kubeconfig.ts";
import type { ClusterEntry } from "./kubeconfig-shape.ts";
import { proxyFor } from "./proxy.ts";
import type { PluginTerminal } from "./run-plugin.ts";
import { readServerAddress } from "./server-address.ts";
import { clusterField, insecureWarnings, serverTrust } from "./server-trust.ts";
import { userCredential } from "./user-credential.ts";

export type { ConnectionFlags } from "./connection-flags.ts";

export interface ConnectionRequest extends KubeconfigPlaces {
  readonly flags?: ConnectionFlags;
  readonly now: Clock;
  readonly terminal: Omit<PluginTerminal, "environment">;
  /** Where a pod finds its service account; tests move it. */
  readonly serviceAccountDirectory?: string;
}

/** Connects to nothing and runs nothing yet. Throws ApiError whose text says what to change. */
export async function resolveConnection(request: ConnectionRequest): Promise<Connection> {
  const flags = request.flags ?? {};
  const kubeconfig = await loadKubeconfig(request);
  const chosen = chooseContext(kubeconfig, flags);
  if (chosen !== undefined) return connectionOf(request, flags, chosen);
  const files = kubeconfigFiles(request).join(", ");
  const isEmpty = kubeconfig.files.length > 0;
  const connection = await inClusterConnection({
    environment: request.environment,
    serviceAccountDirectory: request.serviceAccountDirectory ?? SERVICE_ACCOUNT_DIRECTORY,
    flags,
    now: request.now,
  });
  if (connection === undefined) {
    throw apiError("no-cluster", { searched: isEmpty ? `${files} has no context` : `there is no ${files}` });
  }
  // Whoever named a kubeconfig meant its cluster, which may be another than the pod's.
  if (!request.explicit && !request.environment["KUBECONFIG"]) return connection;
  return { ...connection, warnings: [{ code: "own-cluster", arguments: { files } }, ...connection.warnings] };
}

async function connectionOf(
  request: ConnectionRequest,
  flags: ConnectionFlags,
  chosen: ChosenContext,
): Promise<Connection> {
  const warnings: ConnectionWarning[] = [];
  const { cluster, user, context, namespace } = chosen;
  const tls = await serverTrust(cluster, flags, warnings);
  const server = serverOf(chosen, flags, tls);
  warnings.push(...insecureWarnings(server, tls));
  const proxyUrl = cluster.entry["proxy-url"] ?? "";
  const proxy = proxyFor(server, proxyUrl, clusterField(cluster, "proxy-url"), request.environment);
  return {
    server,
    context,
    namespace,
    tls,
    ...(proxy === undefined ? {} : { proxy }),
    isCompressed: cluster.entry["disable-compression"] !== true,
    // As with kubectl, what proves who we are is not even read where everybody on the way could.
    credentials:
      server.protocol === "http:"
        ? fixedCredential({})
        : await userCredential({
            user,
            token: flags.token ?? "",
            clusterForPlugin: clusterForPlugin(cluster.entry, server, tls),
            terminal: { ...request.terminal, environment: request.environment },
            now: request.now,
            warnings,
          }),
    impersonation: impersonationOf(user, flags),
    warnings,
  };
}

function serverOf({ cluster }: ChosenContext, flags: ConnectionFlags, tls: ServerTrust): URL {
  const hasTls = tls.authority !== undefined || !tls.isVerified;
  if (flags.server) return readServerAddress(flags.server, "--server", hasTls);
  const address = cluster.entry.server ?? "";
  if (address === "") throw apiError("server-missing", { place: cluster.at(), name: cluster.name });
  return readServerAddress(address, clusterField(cluster, "server"), hasTls);
}

function clusterForPlugin(entry: ClusterEntry, server: URL, tls: ServerTrust): Readonly<Record<string, unknown>> {
  const proxyUrl = entry["proxy-url"] ?? "";
  const config = (entry.extensions ?? []).find((extension) => extension?.name === EXEC_EXTENSION)?.extension;
  return {
    server: server.href.replace(/\/$/, ""),
    ...(tls.serverName === undefined ? {} : { "tls-server-name": tls.serverName }),
    ...(tls.isVerified ? {} : { "insecure-skip-tls-verify": true }),
    ...(tls.authority === undefined
      ? {}
      : { "certificate-authority-data": Buffer.from(tls.authority).toString("base64") }),
    ...(proxyUrl === "" ? {} : { "proxy-url": proxyUrl }),
    ...(entry["disable-compression"] === true ? { "disable-compression": true } : {}),
    ...(config == null ? {} : { config }),
  };
}
