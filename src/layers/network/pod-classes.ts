// Pods that no selector and no named port tells apart are one class: policies are worked out per class, not per pod.
// Classes of one namespace stand side by side, so that a namespace is a range.

import type { LabelCode, LabelDictionary } from "./label-dictionary.ts";
import { createHashChains, hashOf } from "./hash-chains.ts";
import { NO_NAMED_PORTS, type PortTableId, type PortTables } from "./named-ports.ts";
import type { Pod } from "./pod.ts";

/** Number of a class of pods; the last number is `outside`. */
export type ClassId = number;

export interface PodClasses {
  /** Classes of pods. */
  readonly count: number;
  /** What no pod rule reaches: external addresses, nodes, and host-network pods seen as their node. */
  readonly outside: ClassId;
  readonly labelsOf: readonly LabelCode[];
  readonly namespaceOf: Int32Array;
  readonly portsOf: Int32Array;
  /** 1 for host-network pods: NetworkPolicies may take them for pods, cluster policies never do. */
  readonly isHostNetwork: Uint8Array;
  /** First class of each namespace; one more entry closes the last range. */
  readonly firstOfNamespace: Int32Array;
  readonly classOf: (pod: Pod) => ClassId;
  /** How many pods each class has. Classes that were split later may have none; new ones always have some. */
  readonly sizeOf: Int32Array;
  /** Classes from this number on came by splitting: they stand outside the ranges of their namespaces. */
  readonly firstSplit: ClassId;
}

interface Draft {
  readonly namespace: number;
  readonly labels: LabelCode;
  readonly ports: PortTableId;
  readonly isHostNetwork: boolean;
}

/** Classifies pods. O(pods × labels). `namespaces` numbers the namespaces. */
export function classifyPods(
  pods: Iterable<Pod>,
  namespaces: ReadonlyMap<string, number>,
  dictionary: LabelDictionary,
  tables: PortTables,
): PodClasses {
  const drafts: Draft[] = [];
  const chains = createHashChains();
  const draftOf = new Map<Pod, number>();
  const codeOf = createCodeTable();
  const pairs: number[] = [];
  for (const pod of pods) {
    const { isHostNetwork } = pod;
    const namespace = namespaces.get(pod.namespace) ?? 0;
    dictionary.encodeInto(pod.labels, pairs);
    const { code, id: codeId } = codeOf(pairs);
    const ports = pod.ports.length === 0 ? NO_NAMED_PORTS : tables.tableOf(pod.ports);
    const hash = hashOf(hashOf(hashOf(codeId, namespace), ports), isHostNetwork ? 1 : 0);
    let id = chains.first(hash);
    for (; id >= 0; id = chains.next(id)) {
      const draft = drafts[id];
      const isSame = draft?.labels === code && draft.namespace === namespace && draft.ports === ports;
      if (isSame && draft.isHostNetwork === isHostNetwork) break;
    }
    if (id < 0) {
      id = chains.add(hash);
      drafts.push({ namespace, labels: code, ports, isHostNetwork });
    }
    draftOf.set(pod, id);
  }
  return arrange(drafts, draftOf, namespaces.size);
}

interface Code {
  readonly id: number;
  readonly code: LabelCode;
}

/** Equal label codes as one. */
function createCodeTable(): (pairs: readonly number[]) => Code {
  const chains = createHashChains();
  const codes: Code[] = [];
  return (pairs) => {
    let hash = pairs.length;
    for (const number of pairs) hash = hashOf(hash, number);
    for (let id = chains.first(hash); id >= 0; id = chains.next(id)) {
      const known = codes[id];
      if (known !== undefined && isSameCode(known.code, pairs)) return known;
    }
    const made = { id: chains.add(hash), code: Int32Array.from(pairs) };
    codes.push(made);
    return made;
  };
}

function isSameCode(code: LabelCode, pairs: readonly number[]): boolean {
  if (code.length !== pairs.length) return false;
  for (let at = 0; at < code.length; at++) if (code[at] !== pairs[at]) return false;
  return true;
}

function arrange(drafts: readonly Draft[], draftOf: ReadonlyMap<Pod, number>, namespaceCount: number): PodClasses {
  const count = drafts.length;
  const firstOfNamespace = new Int32Array(namespaceCount + 1);
  for (const { namespace } of drafts) firstOfNamespace[namespace + 1]! += 1;
  for (let index = 0; index < namespaceCount; index++) firstOfNamespace[index + 1]! += firstOfNamespace[index]!;
  const next = firstOfNamespace.slice();
  const placeOf = new Int32Array(count);
  const labelsOf: LabelCode[] = Array<LabelCode>(count);
  const namespaceOf = new Int32Array(count + 1).fill(-1);
  const portsOf = new Int32Array(count + 1);
  const isHostNetwork = new Uint8Array(count + 1);
  const sizeOf = new Int32Array(count + 1);
  for (const [draft, { namespace, labels, ports, isHostNetwork: isHost }] of drafts.entries()) {
    const place = next[namespace]!++;
    placeOf[draft] = place;
    labelsOf[place] = labels;
    namespaceOf[place] = namespace;
    portsOf[place] = ports;
    isHostNetwork[place] = isHost ? 1 : 0;
  }
  for (const draft of draftOf.values()) sizeOf[placeOf[draft]!]! += 1;
  return {
    count,
    outside: count,
    sizeOf,
    firstSplit: count,
    labelsOf,
    namespaceOf,
    portsOf,
    isHostNetwork,
    firstOfNamespace,
    classOf: (pod) => placeOf[draftOf.get(pod) ?? -1] ?? count,
  };
}
