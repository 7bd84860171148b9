// Pods of the attacker's making, by hand or through a controller, and what a node then gives to their containers.

import { expect } from "vitest";
import { waitFor } from "../../../servers/wait-for.ts";
import type { CarryOuts } from "../carry-out.ts";
import { readSecretOfPod, tokenOfPod, type Pod } from "../kubelet-play.ts";
import { accepted, type Site } from "../site.ts";
import { expectUser, MERGE } from "../use.ts";

const CONTAINER = { name: "main", image: "registry.example/main" };
const PRIVILEGED = { containers: [{ ...CONTAINER, securityContext: { privileged: true } }] };
const TAKEN_IMAGE = "registry.example/taken";

export const podOf = (name: string, spec: object) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: { containers: [CONTAINER], ...spec },
});

const core = (site: Site, path: string) => `/api/v1/namespaces/${site.name("shop")}/${path}`;
const deployments = (site: Site) => `/apis/apps/v1/namespaces/${site.name("shop")}/deployments`;

async function untilPodRuns(site: Site, image: string): Promise<void> {
  await waitFor(`a pod of ${image}`, async () => {
    const { items } = accepted<{ readonly items: readonly Pod[] }>(await site.admin("GET", core(site, "pods")), "pods");
    return items.some(({ spec }) => spec.containers.some((one) => one.image === image)) ? true : undefined;
  });
}

export const POD_CARRY_OUTS: CarryOuts = {
  "create-pod": {
    run: async (site) => {
      accepted(await site.ask("POST", core(site, "pods"), podOf("taken", {})), "to create a pod");
    },
  },
  "create-namespace": {
    run: async (site) => {
      const name = `${site.name("shop")}-taken`;
      const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
      accepted(await site.ask("POST", "/api/v1/namespaces", body), "to create a namespace");
      const pod = podOf("taken", { ...PRIVILEGED, nodeName: "any", automountServiceAccountToken: false });
      await waitFor(`the default account of ${name}`, async () => {
        const { status } = await site.admin("GET", `/api/v1/namespaces/${name}/serviceaccounts/default`);
        return status === 200 ? true : undefined;
      });
      accepted(await site.ask("POST", `/api/v1/namespaces/${name}/pods`, pod), "to create a privileged pod");
    },
  },
  "create-workload": {
    run: async (site) => {
      const labels = { app: "taken" };
      const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: TAKEN_IMAGE }] } };
      const spec = { selector: { matchLabels: labels }, template };
      const body = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "taken" }, spec };
      accepted(await site.ask("POST", deployments(site), body), "to create a Deployment");
      await untilPodRuns(site, TAKEN_IMAGE);
    },
  },
  "mount-secret": {
    run: async (site) => {
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "key" }, stringData: { password: "found" } };
      accepted(await site.admin("POST", core(site, "secrets"), secret), "to have a Secret");
      const volumes = [{ name: "key", secret: { secretName: "key" } }];
      const pod = podOf("taken", { volumes, nodeName: `${site.name("shop")}-node` });
      const made = accepted<Pod>(await site.ask("POST", core(site, "pods"), pod), "to create a pod");
      expect(await readSecretOfPod(site, made, "key")).toBe("found");
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
  "patch-workload": {
    run: async (site) => {
      const containers = [{ name: "main", image: TAKEN_IMAGE }];
      const change = { spec: { template: { spec: { containers } } } };
      accepted(await site.ask("PATCH", `${deployments(site)}/cart`, change, MERGE), "to change the Deployment");
      await untilPodRuns(site, TAKEN_IMAGE);
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
  "privileged-pod": {
    run: async (site) => {
      const pod = podOf("taken", { ...PRIVILEGED, nodeName: "any" });
      accepted(await site.ask("POST", core(site, "pods"), pod), "to create a privileged pod");
    },
  },
};
