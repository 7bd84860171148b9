// Pods: created by the attacker or by a controller for them, and what a node then gives to their containers.

import { expect } from "vitest";
import type { CarryOuts } from "../carry-out.ts";
import { credentialOf, TOKEN_REQUEST, tokenIn } from "../credentials.ts";
import { accepted, type Site } from "../site.ts";
import { expectUser, MERGE } from "../use.ts";
import { waitFor } from "../../../servers/wait-for.ts";

interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly spec: { readonly nodeName?: string; readonly serviceAccountName: string };
}

const CONTAINER = { name: "main", image: "registry.example/main" };
const core = (site: Site, path: string) => `/api/v1/namespaces/${site.name("shop")}/${path}`;

export const podOf = (name: string, spec: object) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: { containers: [CONTAINER], ...spec },
});

const PRIVILEGED = { containers: [{ ...CONTAINER, securityContext: { privileged: true } }] };

/** The token that the node's kubelet gets for the pod and puts into its containers. */
export async function tokenOfPod(site: Site, { metadata, spec }: Pod): Promise<string> {
  const node = spec.nodeName ?? "";
  const kubelet = await credentialOf(site.cluster, `system:node:${node}`);
  const boundObjectRef = { apiVersion: "v1", kind: "Pod", name: metadata.name, uid: metadata.uid };
  const body = { ...TOKEN_REQUEST, spec: { boundObjectRef } };
  const path = `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${spec.serviceAccountName}/token`;
  return waitFor("the Node authorizer to know the pod", async () => {
    const answer = await site.askAs(kubelet, "POST", path, body);
    return answer.status === 201 ? tokenIn(answer.body) : undefined;
  });
}

export const POD_CARRY_OUTS: CarryOuts = {
  "create-pod": {
    run: async (site) => {
      accepted(await site.ask("POST", core(site, "pods"), podOf("taken", {})), "to create a pod");
    },
  },
  "patch-namespace": {
    run: async (site) => {
      const pods = `${core(site, "pods")}?dryRun=All`;
      expect((await site.admin("POST", pods, podOf("taken", PRIVILEGED))).status).toBe(403);
      const labels = { metadata: { labels: { "pod-security.kubernetes.io/enforce": null } } };
      const path = `/api/v1/namespaces/${site.name("shop")}`;
      accepted(await site.ask("PATCH", path, labels, MERGE), "to change the namespace");
      await waitFor("Pod Security to be off", async () => {
        const answer = await site.admin("POST", pods, podOf("taken", PRIVILEGED));
        return answer.status === 201 ? true : undefined;
      });
    },
  },
  "pod-deputy": {
    upTo: "the TaskRun is created; the controller of Tekton makes it a pod",
    run: async (site) => {
      const group = site.name("tekton.dev");
      const body = { apiVersion: `${group}/v1`, kind: "TaskRun", metadata: { name: "taken" }, spec: {} };
      const path = `/apis/${group}/v1/namespaces/${site.name("shop")}/taskruns`;
      accepted(await site.ask("POST", path, body), "to create a TaskRun");
    },
  },
  "pod-service-account": {
    run: async (site) => {
      const pod = podOf("taken", { serviceAccountName: "deployer", nodeName: `${site.name("shop")}-node` });
      const made = accepted<Pod>(await site.ask("POST", core(site, "pods"), pod), "to create a pod");
      await expectUser(site, { token: await tokenOfPod(site, made) }, "system:serviceaccount:shop:deployer");
    },
  },
};
