// Every resource of an input, whatever the source, for commands that look at the whole of it at once.

import { readObject } from "../../cluster/read-resource.ts";
import type { Locator, Provenance, Resource } from "../../cluster/resource.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor, type KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { ShapeProblem } from "../../kubernetes/shape.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { RenderFlags } from "../rendering/render-options.ts";
import { minorOf } from "../scan-flags.ts";
import type { Streams } from "../streams.ts";
import { checkTargets } from "../targets.ts";
import { emptyGap, invalidGap } from "./input-gaps.ts";
import { openInput } from "./open-input.ts";
import type { ClusterFlags } from "./options.ts";
import { readValues, whereRead } from "./read-values.ts";

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
      for (const problem of read.problems) gaps.push(invalidGap(problem, locate, whereRead(provenance)));
      return;
    }
    const kept = keep({ id: read.id, object: read.object, provenance, locate });
    if (kept === undefined) return;
    resources.push(kept);
    const { kind, namespace: place, name } = kept.id;
    for (const problem of problemsOf(kept)) gaps.push(invalidGap(problem, locate, `${kind} ${place}/${name}`, kept.id));
  };
  await readValues(targets, flags, streams, { input, namespace, minor, onValue: add, onGap: (gap) => gaps.push(gap) });
  if (count === 0) gaps.push(emptyGap(targets, input.live?.target.server));
  const isComplete = input.live !== undefined || input.target.kind === "dump";
  return { resources, gaps, minor, isComplete, isEmpty: count === 0 };
}
