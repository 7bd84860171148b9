// What reaches what in a live cluster, and in its dump: the answers are those of the files it was made from.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { loadCluster } from "./load-cluster.ts";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";

const SHOP = "examples/shop/protected";
/** Without custom resources, of which the network has none. */
const SERVED = /^(v1|(apps|batch|policy|autoscaling|[a-z.]+\.k8s\.io)\/v[12])$/;
const plane = sharedControlPlane();

beforeAll(async () => {
  if (serversUnavailable() !== undefined) return;
  const folder = join(REPOSITORY, SHOP);
  const documents = readdirSync(folder).flatMap((file) => loadAll(readFileSync(join(folder, file), "utf8")));
  const objects = documents as Parameters<typeof loadCluster>[1]; // the example's files hold objects only
  await loadCluster(
    plane(),
    objects.filter(({ apiVersion }) => SERVED.test(apiVersion)),
  );
});

/** The command on the files, on the cluster and on its dump. */
async function everywhere(...words: readonly string[]) {
  const live = ["--kubeconfig", plane().adminKubeconfigPath, "-A"];
  return withFolder({}, async (folder) => {
    const dump = join(folder, "cluster.json");
    const dumped = await ringwall(["dump", "--output", dump, ...live]);
    expect([dumped.code, dumped.stderr]).toEqual([0, expect.anything()]);
    const ask = (...more: readonly string[]) => ringwall(["network", ...words, ...more, "--no-config"]);
    return { files: await ask(SHOP), cluster: await ask(...live), dump: await ask(dump) };
  });
}

interface MapDocument {
  readonly workloads: readonly string[];
  readonly externals: readonly string[];
  readonly connections: readonly object[];
  readonly depends: readonly object[];
}

/** The map without where its objects were read. */
function mapOf(text: string): MapDocument {
  const { workloads, externals, connections, depends } = JSON.parse(text) as MapDocument; // by its schema
  return { workloads, externals, connections, depends };
}

testWithServers("the map of a cluster and of its dump is the map of its files", async () => {
  const { files, cluster, dump } = await everywhere("map", "-o", "json");
  expect([files.code, cluster.code, dump.code]).toEqual([0, 0, 0]);
  const expected = mapOf(files.stdout);
  expect(expected.connections.length).toBeGreaterThan(10);
  expect(mapOf(cluster.stdout)).toEqual(expected);
  expect(mapOf(dump.stdout)).toEqual(expected);
});

testWithServers("questions have the same answer, and name the same rules", async () => {
  for (const [source = "", destination = "", port = "", verdict = ""] of [
    ["shop/api", "svc/shop/db", "5432", "allowed"],
    ["shop/web", "shop/db", "TCP/5432", "denied"],
    ["external", "shop/db", "TCP/5432", "denied"],
    ["payments/payments", "203.0.113.5", "443", "allowed"],
  ]) {
    const { files, cluster, dump } = await everywhere("reach", source, destination, "--port", port, "-o", "json");
    const answers = [files, cluster, dump].map(({ stdout }) => answerOf(stdout));
    expect(answers[0]).toMatchObject({ verdict });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect([cluster.code, dump.code]).toEqual([files.code, files.code]);
  }
});

type Answer = Readonly<Record<string, unknown>>;

/** Without the file and line of the rules; policies that isolate a pod have no order. */
function answerOf(text: string): Answer {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "file" || key === "line") return undefined;
    return key === "policies" && Array.isArray(value) ? value.map((one) => JSON.stringify(one)).toSorted() : value;
  }) as Answer; // an object
}

testWithServers("assertions hold in the cluster as they do in the files", async () => {
  const assertions = `assertions:
  - {name: payments never reaches the internet, from: payments/*, to: internet, expect: denied}
  - {name: only cart reaches the cache, to: shop/cache, ports: [TCP/11211], onlyFrom: [shop/cart]}
  - {name: nobody reaches the database, to: shop/db, ports: [TCP/5432], onlyFrom: []}
`;
  await withFolder({ "assertions.yaml": assertions }, async (folder) => {
    const file = join(folder, "assertions.yaml");
    const { files, cluster, dump } = await everywhere("test", file, "-o", "json");
    expect([files.code, cluster.code, dump.code]).toEqual([1, 1, 1]);
    const results = [files, cluster, dump].map(({ stdout }) => answerOf(stdout)["assertions"]);
    expect(results[0]).toHaveLength(3);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});

testWithServers("a dump differs from its files in nothing, and from others as the files do", async () => {
  await withFolder({}, async (folder) => {
    const dump = join(folder, "cluster.json");
    await ringwall(["dump", "--output", dump, "--kubeconfig", plane().adminKubeconfigPath, "-A"]);
    const same = await ringwall(["network", "diff", SHOP, dump, "--exit-code"]);
    expect([same.code, same.stdout]).toEqual([0, "No connection opens or closes.\n"]);
    const [fromFiles, fromDump] = await Promise.all(
      [SHOP, dump].map((old) =>
        ringwall(["network", "diff", old, "examples/shop/insecure", "--exit-code", "-o", "json"]),
      ),
    );
    expect([fromFiles?.code, fromDump?.code]).toEqual([1, 1]);
    expect(answerOf(fromDump?.stdout ?? "")["changes"]).toEqual(answerOf(fromFiles?.stdout ?? "")["changes"]);
  });
});
