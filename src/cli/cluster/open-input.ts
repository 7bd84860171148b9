// What a command is about to read: files, dumps or the cluster, and which Kubernetes it was.

import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import type { Target } from "../../report/report.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Streams } from "../streams.ts";
import { dumpHeaders, peekDump, type Peeked } from "./dump-input.ts";
import type { LiveInput } from "./live-input.ts";
import type { ClusterFlags } from "./options.ts";

export interface Input {
  readonly target: Omit<Target, "kubernetes">;
  /** Of the server, or of the one the first dump was taken from. */
  readonly kubernetesVersion: string | undefined;
  /** Set when no TARGET was given. */
  readonly live?: LiveInput;
  /** To read from: the beginning of standard input may have been looked at. */
  readonly streams: Streams;
}

/** Without TARGETs, connects to the cluster. Throws ApiError. */
export async function openInput(
  targets: readonly string[],
  flags: ClusterFlags & { readonly lang?: string },
  streams: Streams,
  rules: readonly Rule[],
): Promise<Input> {
  if (targets.length === 0) {
    keepHeapLean();
    const { openCluster } = await import("./live-input.ts");
    const live = await openCluster(flags, streams, rules);
    return { target: live.target, kubernetesVersion: live.kubernetesVersion || undefined, live, streams };
  }
  const stdin = targets.includes("-") ? await peekDump(streams.stdin, "-") : undefined;
  const headers = [...(await dumpHeaders(targets, streams.directory)), ...(stdin?.header ? [stdin.header] : [])];
  const [first] = headers;
  if (first !== undefined) keepHeapLean();
  const isDump = headers.length === targets.length;
  return {
    target: {
      kind: isDump ? "dump" : "files",
      names: targets,
      ...(first !== undefined &&
        targets.length === 1 && {
          server: first.server,
          takenAt: first.takenAt,
          ...(first.namespaces.length > 0 && { namespaces: first.namespaces }),
        }),
    },
    kubernetesVersion: first?.kubernetesVersion || undefined,
    streams: stdin === undefined ? streams : { ...streams, stdin: replayed(stdin) },
  };
}

/**
 * Objects of a cluster are parsed by the ten thousand and let go at once. V8 would answer with a larger nursery, which
 * more of them outlive, and would let the heap nearly double before it cleans it: 54,000 objects took 740 MB instead of
 * 580, in the same time.
 */
function keepHeapLean(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=60");
}

/** A version as reports name it: `v1.36.3` of `v1.36.3-gke.100`; the minor alone where the user gave it. */
export function kubernetesText(version: string | undefined, minor: number): string {
  return /^v1\.\d+(\.\d+)?/.exec(version ?? "")?.[0] ?? `v1.${minor}`;
}

function replayed({ bytes }: Peeked): Readable {
  return Readable.from(bytes, { objectMode: false });
}
