// What a node does for the pods on it, played with its own credential: reads their Secrets and asks for their tokens.

import { waitFor } from "../../servers/wait-for.ts";
import { credentialOf, TOKEN_REQUEST, tokenIn, type Credential } from "./credentials.ts";
import { accepted, refusal, type Site } from "./site.ts";

export interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly name: string; readonly image: string }[];
  };
}

/** The token that the node's kubelet gets for the pod and puts into its containers. */
export async function tokenOfPod(site: Site, pod: Pod): Promise<string> {
  const { metadata, spec } = pod;
  const kubelet = await kubeletOf(site, pod);
  const boundObjectRef = { apiVersion: "v1", kind: "Pod", name: metadata.name, uid: metadata.uid };
  const body = { ...TOKEN_REQUEST, spec: { boundObjectRef } };
  const path = `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${spec.serviceAccountName}/token`;
  return tokenIn(accepted(await site.askAs(kubelet, "POST", path, body), "to get a token as the node"));
}

/** What is in the Secret, read by the node for a pod that uses it. */
export async function readSecretOfPod(site: Site, pod: Pod, name: string): Promise<string> {
  const path = `/api/v1/namespaces/${pod.metadata.namespace}/secrets/${name}`;
  const answer = await site.askAs(await kubeletOf(site, pod), "GET", path);
  const { data } = accepted<{ readonly data?: Readonly<Record<string, string>> }>(answer, "to read the Secret");
  return Buffer.from(Object.values(data ?? {})[0] ?? "", "base64").toString();
}

/** The node's credential, once the Node authorizer knows the pod. */
async function kubeletOf(site: Site, { metadata, spec }: Pod): Promise<Credential> {
  return untilNodeKnows(site, spec.nodeName ?? "", metadata);
}

export async function untilNodeKnows(site: Site, node: string, pod: Pod["metadata"]): Promise<Credential> {
  const kubelet = await credentialOf(site.cluster, `system:node:${node}`);
  await waitFor("the Node authorizer to know the pod", async () => {
    const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`;
    return (await site.askAs(kubelet, "GET", path)).status === 200 ? true : undefined;
  });
  return kubelet;
}

/** Puts the pod on a node of the site's own, whose kubelet writes down what it is asked. */
export async function placePod(site: Site, namespace: string, name: string): Promise<Pod> {
  const node = `${namespace}-node`;
  await createNode(site, node);
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const target = { apiVersion: "v1", kind: "Node", name: node };
  const binding = { apiVersion: "v1", kind: "Binding", metadata: { name }, target };
  accepted(await site.admin("POST", `${path}/binding`, binding), "to place the pod");
  return accepted<Pod>(await site.admin("GET", path), "to read the pod");
}

export async function createNode(site: Site, name: string): Promise<void> {
  const { kubeletPort } = site.cluster;
  const body = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
    status: {
      addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
      daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
    },
  };
  const answer = await site.admin("POST", "/api/v1/nodes", body);
  if (answer.status !== 409) accepted(answer, "to create the node");
}

/** Asks for a connection as kubectl does, by SPDY; where that is refused, by WebSocket. What comes is in `kubeletAsked`. */
export async function connect(site: Site, path: string, reaches: string): Promise<void> {
  const spdy = { connection: "Upgrade", upgrade: "SPDY/3.1", "x-stream-protocol-version": "v4.channel.k8s.io" };
  const webSocket = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "sec-websocket-protocol": "v4.channel.k8s.io",
  };
  const first = await site.ask("POST", path, undefined, { headers: spdy });
  const last = first.status === 403 ? await site.ask("GET", path, undefined, { headers: webSocket }) : first;
  if (last.status === 403) throw refusal(`${path}: ${last.text.slice(0, 300)}`);
  if (!site.cluster.kubeletAsked.some((asked) => asked.includes(reaches)))
    throw new Error(`${path} did not come to the kubelet: ${last.status} ${last.text.slice(0, 300)}`);
}
