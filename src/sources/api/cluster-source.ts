// The source for a live cluster: lists every kind a scan needs, a few at a time, and says of each kind it could not list
// why not. Never asks for Secrets.

import { setImmediate as breathe } from "node:timers/promises";
import type { Gap } from "../../verdicts/gap.ts";
import { ApiError, failureMessage, type ApiFailure } from "./api-error.ts";
import { discover, type Discovery } from "./discovery.ts";
import { isNamespaceKind, readKindPages } from "./kind-reader.ts";
import { chooseVersion, guessVersion, type KindVersion } from "./kind-version.ts";
import { mergeStreams } from "./merge-streams.ts";
import { resourceName, scanKindsFor, type ScanKind } from "./scan-kinds.ts";
import { watchHealth, type ServerHealth } from "./server-health.ts";
import type { ServedObject } from "./server-provenance.ts";
import type { Transport } from "./transport.ts";

export interface ClusterSourceOptions {
  readonly transport: Transport;
  /** All kinds of a scan when absent. */
  readonly kinds?: readonly ScanKind[];
  /** All namespaces when empty; else namespaced kinds are listed in these only. */
  readonly namespaces?: readonly string[];
  /** Kinds listed at once. Default 4. */
  readonly concurrency?: number;
  /** Objects of a page. Default 500. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export type ClusterEvent =
  | {
      readonly kind: "objects";
      readonly scanKind: ScanKind;
      readonly objects: readonly ServedObject[];
      /** Of this kind still to come, when the server says so; for progress. */
      readonly remaining: number | undefined;
    }
  /** All of a kind was read, in one namespace or (empty) in all. */
  | { readonly kind: "listed"; readonly scanKind: ScanKind; readonly namespace: string; readonly isConsistent: boolean }
  | { readonly kind: "gap"; readonly scanKind: ScanKind; readonly gap: Gap; readonly failure: ApiFailure };

/**
 * Yields objects a few at a time, kinds interleaved, but what controls others before what it controls: whoever gives the
 * verdicts of a pod to its Deployment need not keep the pod. Throws ApiError when the server as a whole does not answer or does
 * not accept us, or when the signal aborts; what fails for one kind is a gap of that kind.
 */
export async function* readCluster(options: ClusterSourceOptions): AsyncGenerator<ClusterEvent, void> {
  const { transport, namespaces = [], kinds = scanKindsFor(), concurrency = 4 } = options;
  const whole = options.signal ?? new AbortController().signal;
  const version = await versionChooser(transport, kinds, whole);
  const health = watchHealth(transport, whole);
  for (const phase of phasesOf(kinds)) {
    const stop = new AbortController();
    const signal = AbortSignal.any([whole, stop.signal]);
    const scan: Scan = { transport, limit: options.limit, signal, version, health };
    const streams = phase.flatMap((scanKind) => {
      const isPerNamespace = namespaces.length > 0 && (scanKind.isNamespaced || isNamespaceKind(scanKind));
      return (isPerNamespace ? namespaces : [""]).map((namespace) => () => readKind(scan, scanKind, namespace));
    });
    yield* mergeStreams(streams, concurrency, stop);
  }
}

/** What controllers make of others' templates, in the order in which they make it. */
const MADE: readonly (readonly string[])[] = [["ReplicaSet", "ReplicationController", "Job"], ["Pod"]];

function phasesOf(kinds: readonly ScanKind[]): readonly (readonly ScanKind[])[] {
  const rankOf = ({ kind }: ScanKind): number => MADE.findIndex((made) => made.includes(kind)) + 1;
  return [[], ...MADE].map((_, rank) => kinds.filter((kind) => rankOf(kind) === rank));
}

interface Scan {
  readonly transport: Transport;
  readonly limit: number | undefined;
  readonly signal: AbortSignal;
  readonly version: VersionChooser;
  readonly health: ServerHealth;
}

type VersionChooser = (scanKind: ScanKind) => KindVersion;

async function* readKind(scan: Scan, scanKind: ScanKind, namespace: string): AsyncGenerator<ClusterEvent, void> {
  const { transport, limit, signal, health } = scan;
  const gone = health.gone();
  const choice: KindVersion = gone === undefined ? scan.version(scanKind) : { kind: "gap", failure: gone };
  if (choice.kind === "absent") return;
  if (choice.kind === "gap") {
    yield gapEvent(scanKind, namespace, choice.failure);
    return;
  }
  try {
    const { version } = choice;
    for await (const page of readKindPages(transport, { scanKind, version, namespace, limit, signal })) {
      let left = page.count;
      for (const objects of batches(page.objects)) {
        left -= objects.length;
        const remaining = page.remaining === undefined ? undefined : page.remaining + Math.max(0, left);
        yield { kind: "objects", scanKind, objects, remaining };
        await breathe(); // so that the next page arrives while this one is looked at
      }
      if (page.end !== undefined) {
        yield { kind: "listed", scanKind, namespace, isConsistent: page.end.isConsistent };
      }
    }
  } catch (error) {
    if (!(error instanceof ApiError) || error.failure.code === "aborted") throw error;
    const isAbsent = choice.isGuess && error.failure.answer?.status === 404 && !isNamespaceKind(scanKind);
    if (isAbsent) return;
    await health.checkAfter(error.failure);
    yield gapEvent(scanKind, namespace, error.failure);
  }
}

/** So few that they are looked at and let go before the next are parsed. */
const OBJECTS_AT_ONCE = 20;

function* batches(objects: Iterable<ServedObject>): Generator<readonly ServedObject[], void> {
  let batch: ServedObject[] = [];
  for (const object of objects) {
    batch.push(object);
    if (batch.length < OBJECTS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** By discovery; where that is forbidden, by trying the versions we know. */
async function versionChooser(
  transport: Transport,
  kinds: readonly ScanKind[],
  signal: AbortSignal,
): Promise<VersionChooser> {
  let discovery: Discovery;
  try {
    discovery = await discover(transport, { groups: new Set(kinds.map((kind) => kind.group)), signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.failure.code !== "forbidden") throw error;
    const { failure } = error;
    return (scanKind) => guessVersion(scanKind, failure);
  }
  return (scanKind) => chooseVersion(scanKind, discovery);
}

function gapEvent(scanKind: ScanKind, namespace: string, failure: ApiFailure): ClusterEvent {
  const name = resourceName(scanKind);
  const what = namespace === "" ? name : `${name} in namespace ${namespace}`;
  const { id } = failureMessage(failure);
  const unread = { group: scanKind.group, kind: scanKind.kind };
  return { kind: "gap", scanKind, failure, gap: { code: id, what, reason: failureMessage(failure), unread } };
}
