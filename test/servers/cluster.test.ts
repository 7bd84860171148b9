import { expect } from "vitest";
import { testWithServers } from "./availability.ts";
import { CLUSTER_COMPONENTS, startCluster } from "./cluster.ts";
import { waitFor } from "./wait-for.ts";

const MINUTES = 60_000;

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly ownerReferences?: readonly { readonly kind: string }[] };
    readonly spec: { readonly nodeName?: string };
    readonly status: { readonly phase: string; readonly podIP?: string };
  }[];
}

testWithServers(
  "a cluster turns a Deployment into a ReplicaSet and running pods on its nodes",
  async () => {
    const cluster = await startCluster({ nodes: 2 });
    try {
      await cluster.createNamespace("shop");
      const labels = { app: "web" };
      const deployment = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web" },
        spec: {
          replicas: 3,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "registry.example/web:1" }] } },
        },
      };
      const created = await cluster.request("POST", "/apis/apps/v1/namespaces/shop/deployments", deployment);
      expect(created.status).toBe(201);
      const pods = await waitFor("three running pods", async () => {
        const answer = await cluster.request("GET", "/api/v1/namespaces/shop/pods");
        const running = (answer.body as PodList).items.filter((pod) => pod.status.phase === "Running");
        return running.length === 3 ? running : undefined;
      });
      for (const pod of pods) {
        expect(pod.metadata.ownerReferences?.map(({ kind }) => kind)).toEqual(["ReplicaSet"]);
        expect(["node-0", "node-1"]).toContain(pod.spec.nodeName);
        expect(pod.status.podIP).toMatch(/^\d+\./);
      }
    } finally {
      await cluster.stop();
    }
  },
  { components: CLUSTER_COMPONENTS, timeout: 15 * MINUTES },
);
