// Every resource of an input, whatever the source, for commands that look at the whole of it at once.

import { readObject } from "../../cluster/read-resource.ts";
import type { Locator, Position, Provenance, Resource } from "../../cluster/resource.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor, type KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import { formatPath } from "../../kubernetes/path.ts";
import type { ShapeProblem } from "../../kubernetes/shape.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { createProgress } from "../progress.ts";
import { renderOptionsOf, type RenderFlags } from "../rendering/render-options.ts";
import { minorOf } from "../scan-flags.ts";
import type { Streams } from "../streams.ts";
import { checkTargets, readTargets } from "../targets.ts";
import { openInput } from "./open-input.ts";
import type { ClusterFlags } from "./options.ts";

export interface ResourceFlags extends ClusterFlags, RenderFlags {
  readonly exclude: readonly string[];
  readonly kubernetesVersion?: string;
}

export interface ResourceInput {
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
  readonly minor: KubernetesMinor;
  /** A cluster, or its dump: what is not there is not there. */
  readonly isComplete: boolean;
  /** Whether there was any Kubernetes object. */
  readonly isEmpty: boolean;
}

export interface ReadOptions {
  /** Whose kinds a live cluster is asked for. */
  readonly rules: readonly Rule[];
  /** What is kept of a resource; the rest need not stay in memory. `undefined` keeps nothing. */
  readonly keep: (resource: Resource) => Resource | undefined;
  /** Fields that cannot be read, of what is kept: each is a gap. */
  readonly problemsOf: (resource: Resource) => readonly ShapeProblem[];
}

/** Reads all TARGETs; without any, the cluster. Throws UsageError and ApiError. */
export async function readResources(
  targets: readonly string[],
  flags: ResourceFlags,
  streams: Streams,
  { rules, keep, problemsOf }: ReadOptions,
): Promise<ResourceInput> {
  checkTargets(targets, streams.directory);
  const input = await openInput(targets, flags, streams, rules);
  const given = parseKubernetesMinor(input.kubernetesVersion ?? "") ?? NEWEST_KNOWN_MINOR;
  const minor = flags.kubernetesVersion === undefined ? given : minorOf(flags.kubernetesVersion);
  const namespace = flags.namespace ?? "default";
  const resources: Resource[] = [];
  const gaps: Gap[] = [];
  let count = 0;
  const add = (value: unknown, locate: Locator, provenance: Provenance): void => {
    const read = readObject(value, input.live === undefined ? namespace : "");
    if (read.kind === "not-kubernetes") return;
    count++;
    if (read.kind === "invalid") {
      const what = provenance.kind === "file" ? provenance.file : provenance.server;
      for (const problem of read.problems) gaps.push(invalidGap(problem, locate, what));
      return;
    }
    const kept = keep({ id: read.id, object: read.object, provenance, locate });
    if (kept === undefined) return;
    resources.push(kept);
    const { kind, namespace: place, name } = kept.id;
    for (const problem of problemsOf(kept))
      gaps.push({ ...invalidGap(problem, locate, `${kind} ${place}/${name}`), resource: kept.id });
  };
  const render = renderOptionsOf(flags, { namespace, minor }, streams.directory);
  const progress = createProgress(streams);
  try {
    const options = { exclude: flags.exclude, render, live: input.live, onProgress: progress.show };
    for await (const items of readTargets(targets, input.streams, options)) {
      streams.signal.throwIfAborted();
      for (const item of items) {
        if (item.kind === "gap") gaps.push(item.gap);
        else add(item.value, item.locate, item.provenance ?? { kind: "file", file: item.file });
      }
    }
  } finally {
    progress.done();
  }
  if (count === 0) gaps.push(emptyGap(targets, input.live?.target.server));
  const isComplete = input.live !== undefined || input.target.kind === "dump";
  // That contents of Secrets are not read is by design, and matters to no question about the whole.
  const missing = gaps.filter(({ code }) => code !== "secret-contents");
  return { resources, gaps: missing, minor, isComplete, isEmpty: count === 0 };
}

function emptyGap(targets: readonly string[], server: string | undefined): Gap {
  const what = server ?? targets.join(", ");
  if (server !== undefined) return { code: "no-objects", what, reason: { id: "cluster-empty", arguments: { server } } };
  const counts = { targets: what, files: targets.length, others: targets.length };
  return { code: "no-objects", what, reason: { id: "no-objects", arguments: counts } };
}

function invalidGap({ path, expected, found }: ShapeProblem, locate: Locator, what: string): Gap {
  const reason = { id: "invalid-field", arguments: { path: formatPath(path), expected, found } };
  const gap: Gap = { code: reason.id, what, reason };
  const position: Position | undefined = locate(path);
  return position === undefined ? gap : { ...gap, position };
}
