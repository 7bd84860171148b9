// Pods that run: code in them by way of the kubelet, and what a node's identity gives.

import { expect } from "vitest";
import type { CarryOuts } from "../carry-out.ts";
import { connect, createNode, placePod, readSecretOfPod, tokenOfPod, type Pod } from "../kubelet-play.ts";
import { accepted, type Site } from "../site.ts";
import { expectUser, MERGE } from "../use.ts";

const STRATEGIC = { contentType: "application/strategic-merge-patch+json" } as const;

const pods = (site: Site, path: string) => `/api/v1/namespaces/${site.name("shop")}/pods/${path}`;

async function readPod(site: Site, name: string): Promise<Pod> {
  return accepted<Pod>(await site.admin("GET", pods(site, name)), "to read the pod");
}

export const NODE_CARRY_OUTS: CarryOuts = {
  "attach-pod": {
    negativeIsBeyond: "whether a container reads its input is up to the kubelet",
    run: async (site) => {
      await placePod(site, site.name("shop"), "web");
      const reaches = `/attach/${site.name("shop")}/web/main`;
      await connect(site, pods(site, "web/attach?container=main&stdin=true"), reaches);
    },
  },
  "ephemeral-container": {
    run: async (site) => {
      const debug = { name: "debug", image: "registry.example/debug", securityContext: { privileged: true } };
      const change = { spec: { ephemeralContainers: [debug] } };
      accepted(await site.ask("PATCH", pods(site, "web/ephemeralcontainers"), change, STRATEGIC), "to add a container");
    },
  },
  "exec-pod": {
    run: async (site) => {
      await placePod(site, site.name("shop"), "web");
      const reaches = `/exec/${site.name("shop")}/web/main?command=id`;
      await connect(site, pods(site, "web/exec?container=main&command=id&stdout=true"), reaches);
    },
  },
  "node-authorizer": {
    run: async (site) => {
      // The attacker's credential is the node's own.
      const token = await tokenOfPod(site, await readPod(site, "web"));
      await expectUser(site, { token }, "system:serviceaccount:shop:builder");
    },
  },
  "node-proxy": {
    upTo: "the request is let through; to loopback, where the kubelet of a test is, the API server does not proxy",
    run: async (site) => {
      await createNode(site, "worker-1");
      const path = `exec/${site.name("shop")}/web/main?command=id`;
      const answer = await site.ask("GET", `/api/v1/nodes/worker-1/proxy/${path}`);
      if (answer.text.includes("address not allowed")) return;
      accepted(answer, "to ask the kubelet");
    },
  },
  "patch-pod": {
    run: async (site) => {
      const containers = [{ name: "main", image: "registry.example/taken" }];
      const answer = await site.ask("PATCH", pods(site, "web"), { spec: { containers } }, STRATEGIC);
      const { spec } = accepted<Pod>(answer, "to change the image");
      expect(spec.containers[0]?.image).toBe("registry.example/taken");
    },
  },
  "pod-secrets": {
    negativeIsBeyond: "what each container sees is up to the kubelet",
    run: async (site) => {
      const namespace = site.name("shop");
      const data = { stringData: { password: "found" } };
      const patch = await site.cluster.controlPlane.request(
        "PATCH",
        `/api/v1/namespaces/${namespace}/secrets/key`,
        data,
        {
          ...MERGE,
          token: site.cluster.controlPlane.tokens.admin,
        },
      );
      accepted(patch, "to fill the Secret");
      expect(await readSecretOfPod(site, await placePod(site, namespace, "web"), "key")).toBe("found");
    },
  },
  "pod-token": {
    run: async (site) => {
      const pod = await placePod(site, site.name("shop"), "web");
      await expectUser(site, { token: await tokenOfPod(site, pod) }, "system:serviceaccount:shop:builder");
    },
  },
};
