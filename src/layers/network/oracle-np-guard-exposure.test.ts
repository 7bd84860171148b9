// Exposure recorded from netpol-analyzer: with whom workloads connect in the whole cluster, pods that are not there yet
// included. Where it differs from Kubernetes, the difference is listed with its reason; 0 unexplained.

import { expect } from "vitest";
import { INDEX, portsOf, readArchive, readCases, readDirectory } from "../../../test/network/np-guard.ts";
import { testWithOracle } from "../../../test/oracles/oracle.ts";
import differences from "./np-guard-exposure-differences.json" with { type: "json" };
import { isEqual } from "./interval-set.ts";
import { createNetwork } from "./network.ts";
import { withoutOtherProtocols, type PortSet } from "./port-set.ts";

testWithOracle(INDEX)("what the whole cluster may reach, or be reached by, agrees with the recorded exposure", () => {
  const archive = readArchive();
  const listed = new Set(differences.flatMap(({ dirs }) => dirs));
  const superfluous = new Set(listed);
  const unexplained: string[] = [];
  let lines = 0;
  for (const [dir, text] of dirsWithExposure(archive)) {
    const golden = recordedExposure(text);
    lines += golden.size;
    const network = createNetwork(readDirectory(archive, `tests/${dir}/`));
    const wrong: string[] = [];
    for (const workload of network.workloads) {
      const { ingress, egress } = network.exposure(workload);
      for (const [arrow, { anyPod }] of [
        ["<=", ingress],
        ["=>", egress],
      ] as const) {
        const found = withoutOtherProtocols(network.world.outcomes.sureOf(anyPod));
        const expected = golden.get(`${workload.id} ${arrow}`) ?? [];
        if (!isEqual(found, expected)) wrong.push(`${workload.id} ${arrow} ${found.join()} not ${expected.join()}`);
      }
    }
    if (wrong.length > 0) superfluous.delete(dir);
    if (wrong.length > 0 && !listed.has(dir)) unexplained.push(`${dir}: ${wrong.slice(0, 3).join("; ")}`);
  }
  expect(unexplained).toEqual([]);
  expect([...superfluous]).toEqual([]);
  expect(lines).toBe(131);
});

/** The text of each fixture that was analyzed whole. */
function dirsWithExposure(archive: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { kind, dir, format, expected, exposure, focusWorkloads, focusConn, multipleNetworks } of readCases()) {
    const isWhole = focusWorkloads === undefined && focusConn === undefined && multipleNetworks === undefined;
    if (kind !== "list" || exposure !== true || format !== "txt" || !isWhole) continue;
    texts.set(dir, archive.get(expected ?? "") ?? "");
  }
  return texts;
}

/** Ports towards `entire-cluster` by workload and arrow. */
function recordedExposure(text: string): ReadonlyMap<string, PortSet> {
  const [, section = ""] = text.split("Exposure Analysis Result:");
  const found = new Map<string, PortSet>();
  for (const [, workload = "", arrow = "", ports = ""] of section.matchAll(ENTIRE_CLUSTER)) {
    found.set(`${workload} ${arrow}`, portsOf(ports.trim()));
  }
  return found;
}

const ENTIRE_CLUSTER = /^(\S+)[ \t]+(=>|<=)[ \t]+entire-cluster[ \t]*: (.*)$/gm;
