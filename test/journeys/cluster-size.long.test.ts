// A cluster of 50,000 objects, loaded by the generator: how long a scan takes, what it needs, and what it costs the server.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { startControlPlane } from "../servers/control-plane.ts";
import { hasGenerator } from "./generated-workloads.ts";
import { loadCluster } from "./load-cluster.ts";
import { measured } from "./measured.ts";
import { usageOf } from "./process-usage.ts";
import { withFolder } from "./program.ts";

const OBJECTS = 50_000;
const WORKLOADS = 7700;
const MOST_SECONDS = 15;
const MOST_MEBIBYTES = 600;

const generator = join(
  process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../../shared/bench"),
  "generate-cluster.mjs",
);

interface ListFile {
  readonly items: Parameters<typeof loadCluster>[1];
}

interface AuditEvent {
  readonly verb: string;
  readonly userAgent?: string;
  readonly requestURI: string;
}

if (hasGenerator()) {
  testWithServers(
    `${OBJECTS} objects`,
    async () => {
      const plane = await startControlPlane({ auditLevel: "Metadata" });
      try {
        const items = await withFolder({}, (folder) => Promise.resolve(generated(join(folder, "cluster.json"))));
        const counts = await loadCluster(plane, items);
        const loaded = [...counts.values()].reduce((sum, count) => sum + count, 0);
        expect(loaded).toBeGreaterThanOrEqual(OBJECTS);
        const before = [plane.apiServer, plane.etcd].map(({ pid }) => usageOf(pid));
        const flags = ["scan", "-A", "--kubeconfig", plane.adminKubeconfigPath, "--fail-on", "none"];
        const scan = await measured(flags);
        const after = [plane.apiServer, plane.etcd].map(({ pid }) => usageOf(pid));
        const cost = after.map(({ processorSeconds, peakMebibytes }, index) => ({
          processorSeconds: processorSeconds - (before[index]?.processorSeconds ?? 0),
          peakMebibytes,
          grownMebibytes: peakMebibytes - (before[index]?.peakMebibytes ?? 0),
        }));
        const { wallSeconds, processorSeconds, peakMebibytes, code, stdout, stderr } = scan;
        console.info(stdout.split("\n").slice(0, 8).join("\n"));
        console.info(
          JSON.stringify(
            {
              loaded,
              counts: Object.fromEntries(counts),
              wallSeconds,
              processorSeconds,
              peakMebibytes,
              apiServer: cost[0],
              etcd: cost[1],
            },
            null,
            1,
          ),
        );
        expect([code, stderr]).toEqual([0, ""]);
        // One stream of pages per kind.
        const streams = Map.groupBy(listsIn(plane.auditLogPath ?? ""), ({ path }) => path);
        expect(streams.size).toBeGreaterThan(30);
        for (const [path, pages] of streams) {
          expect([path, pages.filter(({ isFirst }) => isFirst).length]).toEqual([path, 1]);
          expect([path, pages.every(({ limit }) => limit === "500")]).toEqual([path, true]);
        }
        expect(streams.get("/api/v1/pods")?.length).toBe(Math.ceil((counts.get("Pod") ?? 0) / 500));
        expect(peakMebibytes).toBeLessThan(MOST_MEBIBYTES);
        expect(wallSeconds).toBeLessThan(MOST_SECONDS);
      } finally {
        await plane.stop();
      }
    },
    { timeout: 3_600_000 },
  );
}

function generated(file: string): ListFile["items"] {
  const size = [
    "--namespaces",
    "50",
    "--workloads",
    String(WORKLOADS),
    "--pods-per-workload",
    "4",
    "--roles",
    "200",
    "--bindings",
    "400",
  ];
  const flags = [
    "--seed",
    "1",
    "--only",
    "workloads,pods,network,rbac",
    ...size,
    "--format",
    "json-list",
    "--out",
    file,
  ];
  execFileSync(process.execPath, [generator, ...flags], { stdio: "ignore" });
  return (JSON.parse(readFileSync(file, "utf8")) as ListFile).items; // as the generator writes it
}

interface ListRequest {
  readonly path: string;
  readonly limit: string | null;
  readonly isFirst: boolean;
}

/** Ringwall's own list requests, once each. */
function listsIn(auditLog: string): readonly ListRequest[] {
  return readFileSync(auditLog, "utf8")
    .split("\n")
    .filter((line) => line.includes('"userAgent":"ringwall/') && line.includes('"stage":"ResponseComplete"'))
    .map((line) => JSON.parse(line) as AuditEvent) // one event a line
    .filter(({ verb }) => verb === "list")
    .map(({ requestURI }) => {
      const url = new URL(requestURI, "https://server");
      return { path: url.pathname, limit: url.searchParams.get("limit"), isFirst: !url.searchParams.has("continue") };
    });
}
