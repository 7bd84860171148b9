// From kubeconfig, flags and environment to one connection, as kubectl decides it
// (k8s.io/client-go/tools/clientcmd/client_config.go).

import { apiError } from "./api-error.ts";
import type { Connection, ServerTrust } from "./connection.ts";
import { serverName } from "./connection.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import type { Clock } from "./credential.ts";
import { EXEC_EXTENSION } from "./exec-plugin.ts";
import { NO_IMPERSONATION, impersonationHeaders, type Impersonation } from "./impersonation.ts";
import { SERVICE_ACCOUNT_DIRECTORY, inClusterConnection } from "./in-cluster.ts";
import { kubeconfigFiles, loadKubeconfig, type KubeconfigPlaces } from "./kubeconfig.ts";
import {
  isTrue,
  textOf,
  type ClusterEntry,
  type FromFile,
  type Kubeconfig,
  type UserEntry,
} from "./kubeconfig-file.ts";
import { proxyFor } from "./proxy.ts";
import type { PluginTerminal } from "./run-plugin.ts";
import { checkMaterial, readMaterial } from "./tls-material.ts";
import { userCredential } from "./user-credential.ts";

/** The flags kubectl users know; each beats the kubeconfig. */
export interface ConnectionFlags {
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly server?: string | undefined;
  readonly certificateAuthority?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly token?: string | undefined;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
}

export interface ConnectionRequest extends KubeconfigPlaces {
  readonly flags?: ConnectionFlags;
  readonly now: Clock;
  readonly terminal: Pick<PluginTerminal, "isInteractive" | "onMessage" | "timeoutMilliseconds">;
  /** Where a pod finds its service account; tests move it. */
  readonly serviceAccountDirectory?: string;
}

/** Connects to nothing and runs nothing yet. Throws ApiError whose text says what to change. */
export async function resolveConnection(request: ConnectionRequest): Promise<Connection> {
  const flags = request.flags ?? {};
  const kubeconfig = await loadKubeconfig(request);
  const parts = chooseParts(kubeconfig, flags);
  if (parts === undefined) {
    const connection = await inClusterConnection({
      environment: request.environment,
      serviceAccountDirectory: request.serviceAccountDirectory ?? SERVICE_ACCOUNT_DIRECTORY,
      impersonation: impersonationOf({}, flags),
      now: request.now,
    });
    if (connection !== undefined) return connection;
    const files = kubeconfigFiles(request).join(", ");
    const searched = kubeconfig.files.length > 0 ? `${files} has no context` : `there is no ${files}`;
    throw apiError("no-cluster", { searched });
  }
  return connectionOf(request, flags, parts);
}

interface Parts {
  readonly context: string;
  readonly namespace: string;
  readonly clusterName: string;
  readonly cluster: FromFile<ClusterEntry>;
  readonly userName: string;
  readonly user: FromFile<UserEntry>;
}

/** `undefined` when neither flags nor kubeconfig name a cluster. */
function chooseParts(kubeconfig: Kubeconfig, flags: ConnectionFlags): Parts | undefined {
  const file = kubeconfig.files.join(", ") || "the kubeconfig";
  const name = flags.context || kubeconfig.currentContext;
  const hasOwnCluster = (flags.server ?? "") !== "" || (flags.cluster ?? "") !== "";
  if (name === "" && !hasOwnCluster) {
    if (kubeconfig.contexts.size === 0) return undefined;
    throw apiError("no-current-context", { file, known: known(kubeconfig.contexts) });
  }
  const context = kubeconfig.contexts.get(name)?.entry;
  if (context === undefined && name !== "") {
    throw apiError("context-unknown", { name, file, known: known(kubeconfig.contexts) || "none" });
  }
  const clusterName = flags.cluster || textOf(context?.cluster);
  const cluster = kubeconfig.clusters.get(clusterName);
  if (cluster === undefined && (flags.server ?? "") === "") {
    throw apiError("cluster-unknown", { context: name, name: clusterName, file });
  }
  const userName = flags.user || textOf(context?.user);
  const user = kubeconfig.users.get(userName);
  if (user === undefined && userName !== "") throw apiError("user-unknown", { context: name, name: userName, file });
  return {
    context: name,
    namespace: textOf(context?.namespace) || "default",
    clusterName,
    cluster: cluster ?? { file: "", entry: {} },
    userName,
    user: user ?? { file: "", entry: {} },
  };
}

async function connectionOf(request: ConnectionRequest, flags: ConnectionFlags, parts: Parts): Promise<Connection> {
  const warnings: ConnectionWarning[] = [];
  const { cluster, clusterName, user } = parts;
  const { authority, serverName: name, isVerified } = await trustOf(parts, flags, warnings);
  const server = readServer(
    flags.server || textOf(cluster.entry.server),
    clusterName,
    authority !== undefined || !isVerified,
  );
  const tls: ServerTrust = {
    isVerified,
    ...(authority === undefined ? {} : { authority }),
    ...(name === "" ? {} : { serverName: name }),
  };
  if (server.protocol === "http:") warnings.push({ code: "plain-http", arguments: { server: serverName(server) } });
  else if (!isVerified) warnings.push({ code: "insecure-skip-tls-verify", arguments: { server: serverName(server) } });
  const proxyUrl = textOf(cluster.entry["proxy-url"]);
  const proxy = proxyFor(server, proxyUrl, `proxy-url of cluster "${clusterName}"`, request.environment);
  return {
    server,
    context: parts.context,
    namespace: parts.namespace,
    tls,
    ...(proxy === undefined ? {} : { proxy }),
    isCompressed: !isTrue(cluster.entry["disable-compression"]),
    credentials: await userCredential({
      name: parts.userName,
      user,
      token: flags.token ?? "",
      clusterForPlugin: clusterForPlugin(cluster.entry, server, tls),
      terminal: { ...request.terminal, environment: request.environment },
      now: request.now,
      warnings,
    }),
    impersonation: impersonationOf(user.entry, flags),
    warnings,
  };
}

async function trustOf({ cluster, clusterName }: Parts, flags: ConnectionFlags, warnings: ConnectionWarning[]) {
  const { entry, file } = cluster;
  const isInsecure = flags.insecureSkipTlsVerify ?? isTrue(entry["insecure-skip-tls-verify"]);
  const flagged = flags.certificateAuthority ?? "";
  const field = flagged === "" ? `certificate-authority of cluster "${clusterName}"` : "--certificate-authority";
  const place =
    flagged === ""
      ? { field, file, path: textOf(entry["certificate-authority"]), data: textOf(entry["certificate-authority-data"]) }
      : { field, file: "", path: flagged, data: "" };
  const named = place.path !== "" || place.data !== "";
  // As with kubectl, the flag lifts the kubeconfig's authority; a kubeconfig that says both contradicts itself.
  if (isInsecure && named && (flags.insecureSkipTlsVerify !== true || flagged !== "")) {
    throw apiError("insecure-with-authority", { name: clusterName });
  }
  const authority = isInsecure ? undefined : await readMaterial(place, warnings);
  if (authority !== undefined) checkMaterial(field, { ca: authority });
  return { authority, isVerified: !isInsecure, serverName: flags.tlsServerName || textOf(entry["tls-server-name"]) };
}

function readServer(address: string, cluster: string, hasTls: boolean): URL {
  if (address === "") throw apiError("server-missing", { name: cluster });
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  const url = URL.parse(hasScheme ? address : `${hasTls ? "https" : "http"}://${address}`);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw apiError("server-invalid", { name: cluster, address });
  }
  return url;
}

function clusterForPlugin(entry: ClusterEntry, server: URL, tls: ServerTrust): Readonly<Record<string, unknown>> {
  const proxyUrl = textOf(entry["proxy-url"]);
  const config = (entry.extensions ?? []).find((extension) => textOf(extension?.name) === EXEC_EXTENSION)?.extension;
  return {
    server: server.href.replace(/\/$/, ""),
    ...(tls.serverName === undefined ? {} : { "tls-server-name": tls.serverName }),
    ...(tls.isVerified ? {} : { "insecure-skip-tls-verify": true }),
    ...(tls.authority === undefined
      ? {}
      : { "certificate-authority-data": Buffer.from(tls.authority).toString("base64") }),
    ...(proxyUrl === "" ? {} : { "proxy-url": proxyUrl }),
    ...(isTrue(entry["disable-compression"]) ? { "disable-compression": true } : {}),
    ...(config == null ? {} : { config }),
  };
}

function impersonationOf(entry: UserEntry, flags: ConnectionFlags): Impersonation {
  const extra = Object.entries(entry["as-user-extra"] ?? {}).map(([key, values]) => [key, (values ?? []).map(textOf)]);
  const hasFlags = flags.as !== undefined || flags.asUid !== undefined || (flags.asGroups ?? []).length > 0;
  const impersonation: Impersonation = hasFlags
    ? { ...NO_IMPERSONATION, user: flags.as ?? "", uid: flags.asUid ?? "", groups: flags.asGroups ?? [] }
    : {
        user: textOf(entry.as),
        uid: textOf(entry["as-uid"]),
        groups: (entry["as-groups"] ?? []).map(textOf),
        extra: Object.fromEntries(extra) as Record<string, string[]>, // keys and values were just made of text
      };
  impersonationHeaders(impersonation); // refuses groups without a user here, before anything connects
  return impersonation;
}

function known(entries: ReadonlyMap<string, unknown>): string {
  return [...entries.keys()].sort().join(", ");
}
