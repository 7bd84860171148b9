// The objects of a live cluster as a command reads them: the kinds its rules need, page by page.

import type { Rule } from "../../verdicts/rule.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { readCluster, type ClusterEvent } from "../../sources/api/cluster-source.ts";
import { FEATURES, resourceName, scanKindsFor, type Feature, type ScanKind } from "../../sources/api/scan-kinds.ts";
import { isPodCarrierKind } from "../../kubernetes/pod-template.ts";
import type { Target } from "../../report/report.ts";
import type { Streams } from "../streams.ts";
import { contact, type Contact } from "./connect.ts";
import type { ClusterFlags } from "./options.ts";
import { serverItem, type TargetItem } from "./target-item.ts";

export interface LiveInput {
  readonly target: Omit<Target, "kubernetes">;
  /** `v1.36.3`; empty when the server keeps it to itself. */
  readonly kubernetesVersion: string;
  /** May be read once. Throws ApiError when the server as a whole stops to answer. */
  readonly items: (onProgress: (text: string) => void) => AsyncGenerator<readonly TargetItem[]>;
}

/** Connects; every rule without one given. Throws ApiError. */
export async function openCluster(
  flags: ClusterFlags & { readonly lang?: string },
  streams: Streams,
  rules: readonly Rule[],
): Promise<LiveInput> {
  const found = await contact(flags, streams);
  const { connection, server, namespaces } = found;
  return {
    target: {
      kind: "cluster",
      names: [connection.context === "" ? server : connection.context],
      server,
      ...(connection.context !== "" && { context: connection.context }),
      ...(namespaces.length > 0 && { namespaces }),
    },
    kubernetesVersion: found.version,
    items: (onProgress) => liveItems(found, rules, streams, onProgress),
  };
}

async function* liveItems(
  { transport, server, namespaces }: Contact,
  rules: readonly Rule[],
  { signal }: Streams,
  onProgress: (text: string) => void,
): AsyncGenerator<readonly TargetItem[]> {
  const progress = createCount(onProgress);
  try {
    for await (const event of readCluster({ transport, kinds: scanKindsFor(featuresOf(rules)), namespaces, signal })) {
      progress(event);
      if (event.kind === "objects") {
        yield event.objects.map(({ object, provenance }) => serverItem(object, server, provenance));
      } else if (event.kind === "gap")
        yield [{ kind: "gap", gap: withRules(event.gap, event.scanKind, rules), file: server }];
    }
    yield* secretGap(rules, server);
  } finally {
    await transport.close();
  }
}

/** What the layers of these rules need to be read; images and what runs in them are in the workloads. */
export function featuresOf(rules: readonly Rule[]): readonly Feature[] {
  const layers = new Set(rules.map(({ id }) => id.slice(0, id.indexOf("/"))));
  if (layers.has("images") || layers.has("runtime")) layers.add("workloads");
  return FEATURES.filter((feature) => layers.has(feature));
}

/** The rules that a kind matters to. */
function withRules(gap: Gap, { group, kind }: ScanKind, rules: readonly Rule[]): Gap {
  const isCarrier = isPodCarrierKind(group === "" ? "v1" : `${group}/v1`, kind);
  const concerned = rules.filter(({ reads }) => reads.includes(kind) || (isCarrier && reads.includes("pod templates")));
  return { ...gap, rules: concerned.map(({ id }) => id) };
}

/** Secrets are not asked for: said, but no reason to call the run incomplete. */
export function* secretGap(rules: readonly Rule[], file: string): Generator<readonly TargetItem[]> {
  const concerned = rules.filter(({ reads }) => reads.includes("Secret")).map(({ id }) => id);
  if (concerned.length === 0) return;
  const reason = { id: "secret-contents" };
  const gap: Gap = { code: "secret-contents", what: "secrets", reason, rules: concerned, isAccepted: true };
  yield [{ kind: "gap", gap, file }];
}

function createCount(onProgress: (text: string) => void): (event: ClusterEvent) => void {
  let objects = 0;
  return (event) => {
    if (event.kind !== "objects") return;
    objects += event.objects.length;
    const { remaining, scanKind } = event;
    const left = remaining === undefined || remaining === 0 ? "" : ` + ${remaining}`;
    onProgress(`${objects} · ${resourceName(scanKind)}${left}`);
  };
}
