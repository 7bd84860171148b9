// What the questions of `network` read, whatever the source: everything the network engine decides from.

import { readObject } from "../cluster/read-resource.ts";
import type { Locator, Provenance, Resource } from "../cluster/resource.ts";
import { RULES } from "../controls/registry.generated.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import { formatPath } from "../kubernetes/path.ts";
import { parseCidr, type AddressSet } from "../layers/network/address-set.ts";
import type { NetworkDiagnostic } from "../layers/network/diagnostic.ts";
import { union } from "../layers/network/interval-set.ts";
import { createNetwork, type Network } from "../layers/network/network.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Layer } from "../verdicts/rule.ts";
import { atPlace, emptyGap, invalidGap } from "./cluster/input-gaps.ts";
import { openInput } from "./cluster/open-input.ts";
import type { ClusterFlags } from "./cluster/options.ts";
import { readValues, whereRead } from "./cluster/read-values.ts";
import type { RenderFlags } from "./rendering/render-options.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { UsageError } from "./usage-error.ts";
import { whileComputing } from "./interrupts.ts";

export interface NetworkFlags extends ClusterFlags, RenderFlags {
  readonly output: readonly string[];
  readonly lang?: string;
  readonly color: string;
  readonly exclude: readonly string[];
  readonly filename: readonly string[];
  readonly podCidr: readonly string[];
}

export interface NetworkInput {
  readonly network: Network;
  /** Every object that was read, also those that mean nothing to the network. */
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
  /** What was read, but not as written. */
  readonly notes: readonly NetworkDiagnostic[];
  /** Whether there was any Kubernetes object. */
  readonly isEmpty: boolean;
}

/**
 * Reads everything reachability depends on, of a cluster also what other layers look at. Without TARGETs, the cluster.
 * Throws UsageError and ApiError.
 */
export async function readNetwork(
  targets: readonly string[],
  flags: NetworkFlags,
  streams: Streams,
  layers: readonly Layer[] = ["network"],
): Promise<NetworkInput> {
  const podCidrs = addressesOf(flags.podCidr);
  checkTargets(targets, streams.directory);
  const rules = RULES.filter(({ id }) => layers.some((layer) => id.startsWith(`${layer}/`))); // they say which kinds of a cluster are read
  const input = await openInput(targets, flags, streams, rules);
  const minor = parseKubernetesMinor(input.kubernetesVersion ?? "") ?? NEWEST_KNOWN_MINOR;
  const namespace = flags.namespace ?? "default";
  const collected = createCollection(input.live === undefined ? namespace : "");
  await readValues(targets, flags, streams, {
    input,
    namespace,
    minor,
    onValue: collected.add,
    onGap: collected.addGap,
  });
  if (collected.count() === 0) collected.addGap(emptyGap(targets, input.live?.target.server));
  return collected.finish(podCidrs);
}

function addressesOf(texts: readonly string[]): AddressSet | undefined {
  let set: AddressSet | undefined;
  for (const text of texts) {
    const cidr = parseCidr(text.trim());
    if (cidr === undefined) throw new UsageError("error.network-cidr", { value: JSON.stringify(text) });
    set = union(set ?? [], cidr.set);
  }
  return set;
}

interface Collection {
  readonly add: (value: unknown, locate: Locator, provenance: Provenance) => void;
  readonly addGap: (gap: Gap) => void;
  readonly count: () => number;
  readonly finish: (podCidrs: AddressSet | undefined) => NetworkInput;
}

function createCollection(defaultNamespace: string): Collection {
  const resources: Resource[] = [];
  const gaps: Gap[] = [];
  let count = 0;
  return {
    add: (value, locate, provenance) => {
      const read = readObject(value, defaultNamespace);
      if (read.kind === "not-kubernetes") return;
      count++;
      if (read.kind === "object") resources.push({ id: read.id, object: read.object, provenance, locate });
      else {
        for (const problem of read.problems) gaps.push(invalidGap(problem, locate, whereRead(provenance)));
      }
    },
    addGap: (gap) => void gaps.push(gap),
    count: () => count,
    finish: (podCidrs) => {
      const options = podCidrs === undefined ? {} : { podCidrs };
      const network = whileComputing(() => createNetwork(resources, options));
      const notes: NetworkDiagnostic[] = [];
      for (const diagnostic of network.diagnostics) {
        const gap = gapOf(diagnostic);
        if (gap === undefined) notes.push(diagnostic);
        else gaps.push(gap);
      }
      return { network, resources, gaps, notes, isEmpty: count === 0 };
    },
  };
}

/** What takes no part in the answer, and what the engine does not model, leaves the answer incomplete. */
function gapOf({ level, code, resource, path, arguments: values }: NetworkDiagnostic): Gap | undefined {
  const { id, locate } = resource;
  const at = (reason: Gap["reason"]): Gap =>
    atPlace({ code: reason.id, what: `${id.kind} ${id.name}`, reason, resource: id }, locate(path));
  if (code === "foreign-policy") return at({ id: "foreign-policy", arguments: { kind: id.kind } });
  if (level !== "refused") return undefined;
  if (code === "unserved-version")
    return at({ id: "unserved-version", arguments: { kind: id.kind, apiVersion: id.apiVersion } });
  if (code === "malformed-field") {
    const { expected = "", found = "" } = values ?? {};
    return at({ id: "invalid-field", arguments: { path: formatPath(path), expected, found } });
  }
  const detail = Object.values(values ?? {}).join(", ");
  const problem = detail === "" ? code : `${code}: ${detail}`;
  return at({ id: "object-refused", arguments: { path: formatPath(path), problem } });
}
