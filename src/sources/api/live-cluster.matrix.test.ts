// The live source against every Kubernetes minor: discovery, paging and the printed role agree with the server's own.

import { expect } from "vitest";
import { testWithServers } from "../../../test/servers/availability.ts";
import { startControlPlane } from "../../../test/servers/control-plane.ts";
import { readCluster } from "./cluster-source.ts";
import { OBJECTS, pathOf } from "./live-objects.fixture.ts";
import { resolveConnection } from "./resolve-connection.ts";
import { readServerVersion } from "./server-version.ts";
import { createTransport } from "./transport.ts";

const VERSIONS: readonly string[] = ["1.33.13", "1.34.4", "1.35.4", "1.36.3", "1.37.2"];
const BUILD_AND_RUN_MILLISECONDS = 20 * 60_000;

for (const version of VERSIONS) {
  testWithServers(
    `Kubernetes ${version}: every object of every kind is read, without a gap`,
    async () => {
      const plane = await startControlPlane({ version });
      const terminal = { isInteractive: false };
      const connection = await resolveConnection({
        explicit: plane.adminKubeconfigPath,
        environment: {},
        homeDirectory: "/",
        now: Date.now,
        terminal,
      });
      const transport = createTransport({ connection, userAgent: "ringwall/test", now: Date.now });
      try {
        await plane.createNamespace("shop");
        await plane.createNamespace("payments");
        for (const object of OBJECTS) {
          expect(await plane.request("POST", pathOf(object), object)).toMatchObject({ status: 201 });
        }
        expect(await readServerVersion(transport)).toBe(`v${version}`);
        const read = new Set<string>();
        for await (const event of readCluster({ transport, limit: 3 })) {
          expect(event.kind).not.toBe("gap");
          if (event.kind !== "objects") continue;
          for (const { object } of event.objects)
            read.add(`${object.kind} ${object.metadata?.namespace ?? ""}/${object.metadata?.name ?? ""}`);
        }
        for (const { kind, metadata } of OBJECTS) {
          expect([kind, read.has(`${kind} ${metadata.namespace ?? ""}/${metadata.name}`)]).toEqual([
            kind,
            kind !== "Secret",
          ]);
        }
      } finally {
        await transport.close();
        await plane.stop();
      }
    },
    { version, timeout: BUILD_AND_RUN_MILLISECONDS },
  );
}
