import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { expect } from "vitest";
import { testWithServers } from "./availability.ts";
import { startControlPlane } from "./control-plane.ts";

const MINUTES = 60_000;

testWithServers(
  "a control plane serves its API, admits pods in a dry run and leaves nothing behind",
  async () => {
    const controlPlane = await startControlPlane({ users: [{ name: "reader", groups: ["readers"] }] });
    try {
      const version = await controlPlane.request("GET", "/version");
      expect(version.body).toMatchObject({ gitVersion: `v${controlPlane.version}` });

      await controlPlane.createNamespace("shop", { "pod-security.kubernetes.io/enforce": "baseline" });
      const pods = "/api/v1/namespaces/shop/pods?dryRun=All";
      expect((await controlPlane.request("POST", pods, pod(false))).status).toBe(201);
      const denied = await controlPlane.request("POST", pods, pod(true));
      expect(denied.status).toBe(403);
      expect(denied.body).toMatchObject({
        message: expect.stringContaining('violates PodSecurity "baseline:latest": privileged (container "main"'),
      });

      const reader = controlPlane.tokens["reader"] ?? "";
      expect((await controlPlane.request("GET", "/api/v1/pods", undefined, { token: reader })).status).toBe(403);
      expect((await controlPlane.request("GET", "/api/v1/pods", undefined, { token: "unknown" })).status).toBe(401);
      const certificate = await controlPlane.clientCertificateFor("somebody", ["system:masters"]);
      expect((await controlPlane.request("GET", "/api/v1/pods", undefined, { certificate })).status).toBe(200);
      expect(readFileSync(controlPlane.adminKubeconfigPath, "utf8")).toContain(controlPlane.url);
    } finally {
      await controlPlane.stop();
    }
    expect(await canConnect(controlPlane.url)).toBe(false);
    expect(await canConnect(controlPlane.etcdUrl)).toBe(false);
    expect(existsSync(controlPlane.workspace.directory)).toBe(false);
  },
  { timeout: 10 * MINUTES },
);

function pod(privileged: boolean): object {
  const container = { name: "main", image: "registry.example/main:1", securityContext: { privileged } };
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { containers: [container] } };
}

function canConnect(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const answer = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}
