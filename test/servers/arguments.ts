// Command lines of the servers of a test control plane.

import { writeFileSync } from "node:fs";
import type { KeyPair } from "./certificates.ts";
import type { Workspace } from "./workspace.ts";

export function etcdArguments(workspace: Workspace, clientPort: number, peerPort: number): readonly string[] {
  const clientUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  return [
    "--name=default",
    `--data-dir=${workspace.path("etcd")}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
}

interface ApiServerCertificates {
  readonly authority: { readonly caPath: string };
  readonly server: KeyPair;
  readonly serviceAccountKeyPath: string;
}

interface ApiServerOptions {
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly extraApiServerArguments?: readonly string[];
  readonly auditLevel?: string;
}

export function apiServerArguments(
  workspace: Workspace,
  securePort: number,
  etcdUrl: string,
  certificates: ApiServerCertificates,
  options: ApiServerOptions,
): readonly string[] {
  const gates = Object.entries(options.featureGates ?? {}).map(([name, isOn]) => `${name}=${isOn}`);
  return [
    `--etcd-servers=${etcdUrl}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${securePort}`,
    "--endpoint-reconciler-type=none", // it would refuse a loopback address again and again
    `--tls-cert-file=${certificates.server.certificatePath}`,
    `--tls-private-key-file=${certificates.server.keyPath}`,
    `--client-ca-file=${certificates.authority.caPath}`,
    `--token-auth-file=${workspace.path("tokens.csv")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${certificates.serviceAccountKeyPath}`,
    `--service-account-signing-key-file=${certificates.serviceAccountKeyPath}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    "--authorization-mode=Node,RBAC",
    "--enable-admission-plugins=NodeRestriction",
    "--allow-privileged=true",
    ...(gates.length === 0 ? [] : [`--feature-gates=${gates.join(",")}`]),
    ...(options.auditLevel === undefined ? [] : auditArguments(workspace, options.auditLevel)),
    ...(options.extraApiServerArguments ?? []),
  ];
}

function auditArguments(workspace: Workspace, level: string): readonly string[] {
  const policyPath = workspace.path("audit-policy.json");
  writeFileSync(policyPath, JSON.stringify({ apiVersion: "audit.k8s.io/v1", kind: "Policy", rules: [{ level }] }));
  return [
    `--audit-policy-file=${policyPath}`,
    `--audit-log-path=${workspace.path("audit.log")}`,
    "--audit-log-mode=blocking",
  ];
}

/** Well above the defaults of 20 and 50 requests a second, which would be what a test waits for. */
const CLIENT_LIMITS = ["--kube-api-qps=1000", "--kube-api-burst=2000"];

export function controllerManagerArguments(
  port: number,
  kubeconfigPath: string,
  certificates: {
    readonly authority: { readonly caPath: string; readonly caKeyPath: string };
    readonly serviceAccountKeyPath: string;
  },
): readonly string[] {
  return [
    ...componentArguments(port, kubeconfigPath),
    `--service-account-private-key-file=${certificates.serviceAccountKeyPath}`,
    `--root-ca-file=${certificates.authority.caPath}`,
    `--cluster-signing-cert-file=${certificates.authority.caPath}`,
    `--cluster-signing-key-file=${certificates.authority.caKeyPath}`,
    "--use-service-account-credentials=true",
  ];
}

export function schedulerArguments(port: number, kubeconfigPath: string): readonly string[] {
  return componentArguments(port, kubeconfigPath);
}

function componentArguments(port: number, kubeconfigPath: string): readonly string[] {
  return [
    `--kubeconfig=${kubeconfigPath}`,
    `--authentication-kubeconfig=${kubeconfigPath}`,
    `--authorization-kubeconfig=${kubeconfigPath}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    "--leader-elect=false",
    ...CLIENT_LIMITS,
  ];
}

export function kwokArguments(port: number, kubeconfigPath: string, stagePaths: readonly string[]): readonly string[] {
  return [
    `--kubeconfig=${kubeconfigPath}`,
    "--manage-all-nodes=true",
    `--server-address=127.0.0.1:${port}`,
    ...stagePaths.map((path) => `--config=${path}`),
  ];
}
