// As a plugin of the real kubectl: `kubectl ringwall …`.

import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { serverBinary } from "../servers/build.ts";
import type { ComponentName } from "../servers/components.ts";
import { startControlPlane, type ControlPlane } from "../servers/control-plane.ts";
import { create, SHOP } from "./live-objects.ts";
import { REPOSITORY, withFolder, type Outcome } from "./program.ts";

const components: readonly ComponentName[] = ["etcd", "kube-apiserver", "kubectl"];
const BUILD_MILLISECONDS = 15 * 60_000;

let plane: ControlPlane;

beforeAll(async () => {
  if (serversUnavailable(components) !== undefined) return;
  plane = await startControlPlane();
  await plane.createNamespace("shop");
  await create(plane, ...SHOP);
}, BUILD_MILLISECONDS);
afterAll(() => plane?.stop());

/** Runs kubectl where `kubectl-ringwall` is on the PATH, as npm installs it. */
async function kubectl(...arguments_: readonly string[]): Promise<Outcome> {
  const program = await serverBinary("kubectl");
  return withFolder({}, async (folder) => {
    symlinkSync(join(REPOSITORY, "dist/ringwall.js"), join(folder, "kubectl-ringwall"));
    const path = [folder, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
    const env = { ...process.env, PATH: path, HOME: folder, KUBECONFIG: plane.adminKubeconfigPath };
    return new Promise<Outcome>((resolve) => {
      execFile(program, arguments_, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      });
    });
  });
}

const options = { components, timeout: BUILD_MILLISECONDS };

testWithServers(
  "kubectl finds the plugin and scans what KUBECONFIG names",
  async () => {
    expect((await kubectl("plugin", "list")).stdout).toContain("kubectl-ringwall");
    const { code, stdout, stderr } = await kubectl(
      "ringwall",
      "scan",
      "-n",
      "shop",
      "--rule",
      "workloads/privileged-container",
    );
    expect(stderr).toBe("");
    expect(code).toBe(1);
    expect(stdout).toContain("shop/cart");
    expect(stdout).toContain(`${plane.url} · context test · namespace shop`);
  },
  options,
);

testWithServers(
  "its help speaks of kubectl ringwall",
  async () => {
    const all = await kubectl("ringwall", "--help");
    expect(all.stdout).toContain("Usage: kubectl ringwall [options] [command]");
    const scan = await kubectl("ringwall", "scan", "--help");
    expect(scan.stdout).toContain("Usage: kubectl ringwall scan [options] [TARGET...]");
    expect(scan.stdout).toContain("  kubectl ringwall scan -n shop --context prod");
    expect(scan.stdout).not.toMatch(/^ {2}ringwall /m);
  },
  options,
);

testWithServers(
  "exit codes and mistakes come through",
  async () => {
    expect(await kubectl("ringwall", "scan", "--context", "prod")).toMatchObject({ code: 2, stdout: "" });
    expect((await kubectl("ringwall", "scna")).stderr).toContain("Did you mean scan?");
  },
  options,
);
