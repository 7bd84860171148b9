// What `network generate` generates from: needs that manifests state, flows that were observed, or both.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Resource } from "../cluster/resource.ts";
import type { Need, UnresolvedHint } from "../layers/network/generate/need.ts";
import { declaredNeeds } from "../layers/network/needs/declared-needs.ts";
import type { AddressSet } from "../layers/network/address-set.ts";
import type { GivenAddresses } from "../layers/network/generate/known-addresses.ts";
import { union } from "../layers/network/interval-set.ts";
import type { Network } from "../layers/network/network.ts";
import type { ObservedReport } from "../report/network-generate/generate-report.ts";
import { WIDENED } from "../sources/flows/flow-diagnostics.ts";
import type { FlowFormat } from "../sources/flows/format-names.ts";
import { readFlows, type FlowLog, type ObservedFlows } from "../sources/flows/read-flows.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface AskedNeeds {
  readonly needs: readonly Need[];
  readonly unresolved: readonly UnresolvedHint[];
  readonly observed: ObservedReport | undefined;
  readonly gaps: readonly Gap[];
}

interface NeedFlags {
  readonly flows: readonly string[];
  readonly flowFormat?: FlowFormat;
  readonly declared?: true;
}

/**
 * Without flow logs what manifests state; with them what was observed, and with `--declared` both. Which ports the
 * kubelet probes is always taken from manifests: a log shows a node, not why it asks.
 */
export async function readNeeds(
  network: Network,
  resources: readonly Resource[],
  { flows, flowFormat, declared }: NeedFlags,
  streams: Streams,
  { domains }: GivenAddresses,
): Promise<AskedNeeds> {
  const isDeclared = flows.length === 0 || declared === true;
  const all = declaredNeeds({ network, resources });
  const probes = all.needs.filter(({ because }) => because.every(({ kind }) => kind === "probe"));
  const stated = isDeclared ? all : { needs: probes, unresolved: [] };
  if (flows.length === 0) return { ...stated, observed: undefined, gaps: [] };
  const outside = [...domains.values()].reduce<AddressSet>(union, []); // named by the user: none of the cluster's
  const seen = await readFlows(
    network,
    flows.map((file) => logOf(file, streams)),
    { outside, ...(flowFormat === undefined ? {} : { format: flowFormat }) },
  );
  return {
    needs: [...stated.needs, ...seen.needs],
    unresolved: stated.unresolved,
    observed: { ...seen, denied: seen.denied.length },
    gaps: gapsOf(seen),
  };
}

/** `-` is standard input. */
function logOf(file: string, { directory, stdin }: Streams): FlowLog {
  if (file === "-") return { name: "-", chunks: stdin };
  const path = resolve(directory, file);
  if (!existsSync(path)) throw new UsageError("error.target-missing", { value: file });
  return { name: file, path };
}

function gapsOf({ diagnostics: { first, sums } }: ObservedFlows): readonly Gap[] {
  const gaps = first.map(({ code, file, line, detail }): Gap => ({
    code: `flow-${code}`,
    what: line === undefined ? file : `${file}:${line}`,
    reason: { id: `flow-${code}`, arguments: { detail: detail || '""' } },
    ...(WIDENED.has(code) && { isAccepted: true }),
  }));
  const listed = Map.groupBy(first, ({ code }) => code);
  const more = [...sums].flatMap(([code, count]): readonly Gap[] => {
    const rest = count - (listed.get(code)?.length ?? 0);
    const [one] = listed.get(code) ?? [];
    if (rest <= 0) return [];
    return [
      { code: "flow-more", what: one?.file ?? "", reason: { id: "flow-more", arguments: { code, count: rest } } },
    ];
  });
  return [...gaps, ...more];
}
