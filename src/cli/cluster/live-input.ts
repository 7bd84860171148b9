// The objects of a live cluster as a command reads them: the kinds its rules need, page by page.

import type { Rule } from "../../verdicts/rule.ts";
import { readCluster, type ClusterEvent } from "../../sources/api/cluster-source.ts";
import { featuresOf } from "../../sources/api/rule-features.ts";
import { resourceName, scanKindsFor } from "../../sources/api/scan-kinds.ts";
import type { Target } from "../../report/report.ts";
import type { Streams } from "../streams.ts";
import { contact, type Contact } from "./connect.ts";
import type { ClusterFlags } from "./options.ts";
import { SECRETS_UNREAD, serverItem, type TargetItem } from "./target-item.ts";

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
  yield [{ kind: "gap", gap: SECRETS_UNREAD, file: server }];
  try {
    for await (const event of readCluster({ transport, kinds: scanKindsFor(featuresOf(rules)), namespaces, signal })) {
      progress(event);
      if (event.kind === "objects") {
        yield event.objects.map(({ object, provenance }) => serverItem(object, server, provenance));
      } else if (event.kind === "gap") yield [{ kind: "gap", gap: event.gap, file: server }];
    }
  } finally {
    await transport.close();
  }
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
