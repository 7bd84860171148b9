// What `workloads admit` and `workloads harden` read, whatever the source: namespaces, and everything that runs pods.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Locator, Position } from "../cluster/resource.ts";
import { readObject } from "../cluster/read-resource.ts";
import { RULES } from "../controls/registry.generated.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor, type KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { looksLikePodCarrier } from "../kubernetes/pod-template.ts";
import { readCarrier, type Carrier } from "../layers/workloads/predict/carrier.ts";
import type { KnownNamespace } from "../layers/workloads/predict/predict.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Rule } from "../verdicts/rule.ts";
import { atPlace, emptyGap, invalidGap, isRelevant } from "./cluster/input-gaps.ts";
import { openInput } from "./cluster/open-input.ts";
import type { ClusterFlags } from "./cluster/options.ts";
import { createProgress } from "./progress.ts";
import { renderOptionsOf, type RenderFlags } from "./rendering/render-options.ts";
import { minorOf } from "./scan-flags.ts";
import type { Streams } from "./streams.ts";
import { checkTargets, readTargets, type TargetOptions } from "./targets.ts";
import { unknownWord } from "./usage-error.ts";

export interface WorkloadFlags extends ClusterFlags, RenderFlags {
  readonly output: readonly string[];
  readonly lang?: string;
  readonly color: string;
  readonly exclude: readonly string[];
  readonly filename: readonly string[];
  readonly kubernetesVersion?: string;
  readonly includeNamespace: readonly string[];
  readonly excludeNamespace: readonly string[];
}

/** A carrier with the object it was read from. */
export interface FoundCarrier {
  readonly carrier: Carrier;
  readonly object: KubernetesObject;
}

export interface Workloads {
  readonly namespaces: ReadonlyMap<string, KnownNamespace>;
  readonly found: readonly FoundCarrier[];
  readonly gaps: readonly Gap[];
  readonly minor: KubernetesMinor;
  /** The minor was given, or is that of the server: not merely the newest known. */
  readonly isMinorKnown: boolean;
}

/** Reads everything. Without TARGETs, the cluster. Throws UsageError and ApiError. */
export async function readWorkloads(
  arguments_: readonly string[],
  flags: WorkloadFlags,
  streams: Streams,
): Promise<Workloads> {
  const targets = [...arguments_, ...flags.filename];
  checkTargets(targets, streams.directory);
  const input = await openInput(targets, flags, streams, workloadRules());
  const serverMinor = parseKubernetesMinor(input.kubernetesVersion ?? "");
  const minor =
    flags.kubernetesVersion === undefined ? (serverMinor ?? NEWEST_KNOWN_MINOR) : minorOf(flags.kubernetesVersion);
  const namespace = flags.namespace ?? "default";
  const options: TargetOptions = {
    exclude: flags.exclude,
    render: renderOptionsOf(flags, { namespace, minor }, streams.directory),
    live: input.live,
  };
  const collected = createCollection(namespace, minor);
  const progress = createProgress(streams);
  let values = 0;
  try {
    for await (const items of readTargets(targets, input.streams, { ...options, onProgress: progress.show })) {
      streams.signal.throwIfAborted();
      for (const item of items) {
        if (item.kind === "gap") collected.addGap(item.gap);
        else collected.add(item.value, item.locate, item.file);
      }
      values += items.length;
      if (input.live === undefined) progress.show(String(values));
    }
  } finally {
    progress.done();
  }
  if (collected.objects() === 0) collected.addGap(emptyGap(targets, input.live?.target.server));
  return {
    ...selected(collected.workloads(), flags),
    minor,
    isMinorKnown: flags.kubernetesVersion !== undefined || serverMinor !== undefined,
  };
}

/** What says which kinds of a cluster are read. */
export function workloadRules(): readonly Rule[] {
  return RULES.filter(({ id }) => id.startsWith("workloads/"));
}

type Collected = Pick<Workloads, "namespaces" | "found" | "gaps">;

interface Collection {
  readonly add: (value: unknown, locate: Locator, file: string) => void;
  readonly addGap: (gap: Gap) => void;
  readonly objects: () => number;
  readonly workloads: () => Collected;
}

function createCollection(defaultNamespace: string, minor: KubernetesMinor): Collection {
  const namespaces = new Map<string, KnownNamespace>();
  const found: FoundCarrier[] = [];
  const gaps: Gap[] = [];
  let objects = 0;
  const addObject = (id: ResourceId, object: KubernetesObject, locate: Locator): void => {
    const place = (): Position | undefined => locate(["metadata", "name"]);
    if (id.group === "" && id.kind === "Namespace") {
      namespaces.set(id.name, { id, labels: object.metadata?.labels ?? {}, position: place() });
      return;
    }
    const read = readCarrier(id, object, undefined, minor);
    if (read.kind === "carrier") found.push({ carrier: { ...read.carrier, position: place() }, object });
    else if (read.kind === "invalid") gaps.push(invalidGap(read.problem, locate, id.name, id));
    else if (looksLikePodCarrier(object)) {
      const { kind, apiVersion } = id;
      const reason = { id: "unknown-pod-carrier", arguments: { kind, apiVersion } };
      gaps.push(atPlace({ code: reason.id, what: `${kind} ${id.name}`, reason, resource: id }, place()));
    }
  };
  return {
    add: (value, locate, file) => {
      const read = readObject(value, defaultNamespace);
      if (read.kind === "not-kubernetes") return;
      objects++;
      if (read.kind === "object") addObject(read.id, read.object, locate);
      else for (const problem of read.problems) gaps.push(invalidGap(problem, locate, file));
    },
    addGap: (gap) => void (isRelevant(gap) && gaps.push(gap)),
    objects: () => objects,
    workloads: () => ({ namespaces, found, gaps }),
  };
}

/** What `--include-namespace` and `--exclude-namespace` leave. */
function selected(
  { namespaces, found, gaps }: Collected,
  { includeNamespace, excludeNamespace }: WorkloadFlags,
): Collected {
  const names = new Set([...namespaces.keys(), ...found.map(({ carrier }) => carrier.id.namespace)]);
  const unknown = [...includeNamespace, ...excludeNamespace].find((name) => !names.has(name));
  if (unknown !== undefined) throw unknownWord("error.unknown-namespace", unknown, names);
  const isSelected = (name: string): boolean =>
    (includeNamespace.length === 0 || includeNamespace.includes(name)) && !excludeNamespace.includes(name);
  return {
    namespaces: new Map([...namespaces].filter(([name]) => isSelected(name))),
    found: found.filter(({ carrier }) => isSelected(carrier.id.namespace)),
    gaps,
  };
}
