// A real etcd and kube-apiserver on loopback, in a temporary folder, gone without trace after the test.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { createApiClient, type Answer, type ApiClient } from "./api-request.ts";
import { apiServerArguments, etcdArguments } from "./arguments.ts";
import { serverBinary } from "./build.ts";
import { createCertificateAuthority, writeKey, type CertificateAuthority, type KeyPair } from "./certificates.ts";
import { freePort } from "./free-port.ts";
import { writeKubeconfig, type Credential } from "./kubeconfig.ts";
import { waitFor } from "./wait-for.ts";
import { createWorkspace, type Server, type Workspace } from "./workspace.ts";

export interface ControlPlaneOptions {
  /** Kubernetes version such as `1.33.13`; absent: that of `KUBEBUILDER_ASSETS`, else 1.36.3. */
  readonly version?: string;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** Later arguments win over ours. */
  readonly extraApiServerArguments?: readonly string[];
  /** Users besides the administrator, each with a token under its name in `tokens`. */
  readonly users?: readonly { readonly name: string; readonly groups: readonly string[] }[];
  /** Writes an audit log of all requests at this level. */
  readonly auditLevel?: "Metadata" | "Request" | "RequestResponse";
}

export interface ControlPlane {
  /** What the server says it is, e.g. `1.36.3`. */
  readonly version: string;
  readonly url: string;
  readonly etcdUrl: string;
  readonly caPath: string;
  readonly certificates: {
    readonly authority: CertificateAuthority;
    readonly server: KeyPair;
    readonly admin: KeyPair;
    readonly serviceAccountKeyPath: string;
  };
  readonly adminKubeconfigPath: string;
  /** Bearer tokens by user name; `admin` is in `system:masters`. */
  readonly tokens: Readonly<Record<string, string>> & { readonly admin: string };
  readonly auditLogPath: string | undefined;
  readonly workspace: Workspace;
  readonly apiServer: Server;
  readonly etcd: Server;
  /** Asks the API server; as the administrator when nothing else is said. */
  readonly request: ApiClient["request"];
  readonly clientCertificateFor: (user: string, groups: readonly string[]) => Promise<KeyPair>;
  /** Writes a kubeconfig for a token or a certificate and returns its path. */
  readonly kubeconfigFor: (name: string, credential: Credential) => string;
  /** Creates a namespace and the `default` ServiceAccount, without which no pod is admitted. */
  readonly createNamespace: (name: string, labels?: Readonly<Record<string, string>>) => Promise<void>;
  /** Kills both servers, waits for their end and removes the folder. */
  readonly stop: () => Promise<void>;
}

const START_ATTEMPTS = 3;

export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const apiServerBinary = await serverBinary("kube-apiserver", options.version);
  const etcdBinary = await serverBinary("etcd");
  for (let attempt = 1; ; attempt++) {
    const workspace = createWorkspace("control-plane");
    try {
      return await start(workspace, apiServerBinary, etcdBinary, options);
    } catch (error) {
      await workspace.close();
      const isPortTaken = error instanceof Error && error.message.includes("address already in use");
      if (!isPortTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function start(
  workspace: Workspace,
  apiServerBinary: string,
  etcdBinary: string,
  options: ControlPlaneOptions,
): Promise<ControlPlane> {
  const [etcdPort, peerPort, securePort] = await Promise.all([freePort(), freePort(), freePort()]);
  const etcd = workspace.start("etcd", etcdBinary, etcdArguments(workspace, etcdPort, peerPort));
  const authority = await createCertificateAuthority(workspace.directory);
  const server = await authority.server("kube-apiserver", ["kubernetes.default.svc"]);
  const admin = await authority.client("admin", ["system:masters"]);
  const serviceAccountKeyPath = writeKey(workspace.path("service-account.key"));
  const users = [{ name: "admin", groups: ["system:masters"] }, ...(options.users ?? [])];
  const tokens = Object.fromEntries(users.map((user) => [user.name, randomBytes(16).toString("hex")]));
  const tokenLines = users.map(
    (user) => `${tokens[user.name]},"${user.name}","${user.name}","${user.groups.join(",")}"`,
  );
  writeFileSync(workspace.path("tokens.csv"), `${tokenLines.join("\n")}\n`, { mode: 0o600 });

  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const certificates = { authority, server, admin, serviceAccountKeyPath };
  const serverArguments = apiServerArguments(workspace, securePort, etcdUrl, certificates, options);
  const apiServer = workspace.start("kube-apiserver", apiServerBinary, serverArguments);
  const url = `https://127.0.0.1:${securePort}`;
  const adminToken = tokens["admin"] ?? "";
  const client = createApiClient(url, authority.caPath, adminToken);
  await untilReady(client, apiServer, etcd);

  const kubeconfigFor = (name: string, credential: Credential): string =>
    writeKubeconfig(workspace.path(`${name}.kubeconfig`), url, authority.caPath, credential);
  return {
    version: await versionOf(apiServerBinary),
    url,
    etcdUrl,
    caPath: authority.caPath,
    certificates,
    adminKubeconfigPath: kubeconfigFor("admin", { certificate: admin }),
    tokens: { ...tokens, admin: adminToken },
    auditLogPath: options.auditLevel === undefined ? undefined : workspace.path("audit.log"),
    workspace,
    apiServer,
    etcd,
    request: client.request,
    clientCertificateFor: authority.client,
    kubeconfigFor,
    createNamespace: (name, labels = {}) => createNamespace(client, name, labels),
    stop: async () => {
      client.close();
      await workspace.close();
    },
  };
}

async function untilReady(client: ApiClient, apiServer: Server, etcd: Server): Promise<void> {
  await waitFor("the API server to be ready", async () => {
    if (apiServer.hasExited() || etcd.hasExited()) return "ended";
    return (await client.request("GET", "/readyz")).status === 200 ? "ready" : undefined;
  });
  for (const server of [etcd, apiServer]) {
    if (server.hasExited()) throw new Error(`a server ended before it was ready:\n${server.log().slice(-4000)}`);
  }
}

async function versionOf(apiServerBinary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(apiServerBinary, ["--version"]);
  return stdout.trim().replace(/^Kubernetes v/, "");
}

async function createNamespace(
  client: ApiClient,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
  expectCreated(await client.request("POST", "/api/v1/namespaces", namespace));
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } };
  const answer = await client.request("POST", `/api/v1/namespaces/${name}/serviceaccounts`, account);
  if (answer.status !== 409) expectCreated(answer); // where a controller manager runs, it may have been faster
}

function expectCreated(answer: Answer): void {
  if (answer.status !== 201) throw new Error(`the API server answered ${answer.status}: ${answer.text}`);
}
