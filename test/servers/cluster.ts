// A whole cluster without machines: a control plane, its controllers and scheduler, and kwok, which plays the kubelets.

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { controllerManagerArguments, kwokArguments, schedulerArguments } from "./arguments.ts";
import { serverBinary } from "./build.ts";
import type { ComponentName } from "./components.ts";
import { startControlPlane, type ControlPlane, type ControlPlaneOptions } from "./control-plane.ts";
import { freePort } from "./free-port.ts";
import { waitFor } from "./wait-for.ts";

export interface ClusterOptions extends ControlPlaneOptions {
  /** How many nodes, `node-0`, `node-1`…; one when absent. */
  readonly nodes?: number;
}

export const CLUSTER_COMPONENTS: readonly ComponentName[] = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
];

/** Resolves when every node is Ready and namespaces get their ServiceAccount. `stop()` of the handle ends all of it. */
export async function startCluster(options: ClusterOptions = {}): Promise<ControlPlane> {
  const controllerManager = await serverBinary("kube-controller-manager", options.version);
  const scheduler = await serverBinary("kube-scheduler", options.version);
  const kwok = await serverBinary("kwok");
  const controlPlane = await startControlPlane(options);
  try {
    const { workspace } = controlPlane;
    const managerConfig = await kubeconfigOf(controlPlane, "system:kube-controller-manager");
    const schedulerConfig = await kubeconfigOf(controlPlane, "system:kube-scheduler");
    const [managerPort, schedulerPort, kwokPort] = await Promise.all([freePort(), freePort(), freePort()]);
    const managerArguments = controllerManagerArguments(managerPort, managerConfig, controlPlane.certificates);
    const stages = stagesBeside(kwok);
    const servers = [
      workspace.start("kube-controller-manager", controllerManager, managerArguments),
      workspace.start("kube-scheduler", scheduler, schedulerArguments(schedulerPort, schedulerConfig)),
      workspace.start("kwok", kwok, kwokArguments(kwokPort, controlPlane.adminKubeconfigPath, stages)),
    ];
    const nodes = Array.from({ length: options.nodes ?? 1 }, (_, index) => `node-${index}`);
    await Promise.all(nodes.map((name) => createNode(controlPlane, name)));
    await waitFor("the cluster's nodes and default service account", async () => {
      const ended = servers.find((server) => server.hasExited());
      if (ended !== undefined) return ended;
      return (await isReady(controlPlane, nodes.length)) ? "ready" : undefined;
    });
    for (const server of servers) {
      if (server.hasExited())
        throw new Error(`a server ended before the cluster was ready:\n${server.log().slice(-4000)}`);
    }
    return controlPlane;
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
}

async function kubeconfigOf(controlPlane: ControlPlane, user: string): Promise<string> {
  const certificate = await controlPlane.clientCertificateFor(user, []);
  return controlPlane.kubeconfigFor(user.replaceAll(":", "-"), { certificate });
}

function stagesBeside(kwokBinary: string): readonly string[] {
  const folder = join(dirname(kwokBinary), "stages");
  return readdirSync(folder).map((file) => join(folder, file));
}

async function createNode(controlPlane: ControlPlane, name: string): Promise<void> {
  const resources = { cpu: "64", memory: "256Gi", pods: "2000" };
  const node = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" } },
    status: { allocatable: resources, capacity: resources },
  };
  const answer = await controlPlane.request("POST", "/api/v1/nodes", node);
  if (answer.status !== 201) throw new Error(`node ${name} was not created: ${answer.text}`);
}

async function isReady(controlPlane: ControlPlane, nodeCount: number): Promise<boolean> {
  const account = await controlPlane.request("GET", "/api/v1/namespaces/default/serviceaccounts/default");
  if (account.status !== 200) return false;
  const { items } = (await controlPlane.request("GET", "/api/v1/nodes")).body as NodeList; // the API's own answer
  const ready = items.filter((node) => node.status?.conditions?.some(isReadyCondition) && !node.spec?.taints?.length);
  return ready.length === nodeCount;
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

interface NodeList {
  readonly items: readonly {
    readonly spec?: { readonly taints?: readonly unknown[] };
    readonly status?: { readonly conditions?: readonly Condition[] };
  }[];
}

const isReadyCondition = ({ type, status }: Condition): boolean => type === "Ready" && status === "True";
