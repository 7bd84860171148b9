// An API server with its controllers, one for all techniques, and a kubelet that only writes down what it is asked: so far a
// chain can be carried out for real without machines.

import { createServer, type Server as HttpsServer } from "node:https";
import { readFileSync } from "node:fs";
import { controllerManagerArguments } from "../../servers/arguments.ts";
import { serverBinary } from "../../servers/build.ts";
import type { ComponentName } from "../../servers/components.ts";
import { startControlPlane, type ControlPlane } from "../../servers/control-plane.ts";
import { freePort } from "../../servers/free-port.ts";
import { waitFor } from "../../servers/wait-for.ts";

export interface AttackCluster {
  readonly controlPlane: ControlPlane;
  readonly minor: number;
  /** Method and path of every request that a node's kubelet was asked. */
  readonly kubeletAsked: readonly string[];
  readonly kubeletPort: number;
  readonly stop: () => Promise<void>;
}

export const ATTACK_COMPONENTS: readonly ComponentName[] = ["etcd", "kube-apiserver", "kube-controller-manager"];

export async function startAttackCluster(): Promise<AttackCluster> {
  const controllerManager = await serverBinary("kube-controller-manager");
  const controlPlane = await startControlPlane({ extraApiServerArguments: ["--enable-bootstrap-token-auth=true"] });
  try {
    const { workspace, certificates, clientCertificateFor, kubeconfigFor } = controlPlane;
    const user = "system:kube-controller-manager";
    const certificate = await clientCertificateFor(user, []);
    const kubeconfig = kubeconfigFor("kube-controller-manager", { certificate });
    const managerArguments = controllerManagerArguments(await freePort(), kubeconfig, certificates);
    const manager = workspace.start("kube-controller-manager", controllerManager, managerArguments);
    const kubelet = await startKubelet(controlPlane);
    await waitFor("the controllers", async () => {
      if (manager.hasExited()) throw new Error(manager.log().slice(-2000));
      const answer = await controlPlane.request("GET", "/api/v1/namespaces/default/serviceaccounts/default");
      return answer.status === 200 ? true : undefined;
    });
    return {
      controlPlane,
      minor: Number(controlPlane.version.split(".")[1]),
      ...kubelet,
      stop: async () => {
        kubelet.server.close();
        await controlPlane.stop();
      },
    };
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
}

interface Kubelet {
  readonly server: HttpsServer;
  readonly kubeletAsked: string[];
  readonly kubeletPort: number;
}

async function startKubelet({ certificates }: ControlPlane): Promise<Kubelet> {
  const pair = await certificates.authority.server("kubelet");
  const kubeletAsked: string[] = [];
  const server = createServer(
    { cert: readFileSync(pair.certificatePath), key: readFileSync(pair.keyPath) },
    (request, response) => {
      kubeletAsked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.end("{}");
    },
  );
  server.on("upgrade", (request, socket) => {
    kubeletAsked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  });
  const kubeletPort = await freePort();
  await new Promise<void>((resolve) => server.listen(kubeletPort, "127.0.0.1", resolve));
  return { server, kubeletAsked, kubeletPort };
}
