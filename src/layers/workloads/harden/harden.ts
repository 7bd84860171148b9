// Every namespace and workload of an input brought to a level, as far as that can be decided from the objects alone.

import type { KubernetesObject } from "../../../kubernetes/object.ts";
import type { Carrier } from "../predict/carrier.ts";
import type { KnownNamespace } from "../predict/predict.ts";
import { hardenNamespace, type HardenedNamespace } from "./harden-namespace.ts";
import { hardenWorkload, type HardenOptions } from "./harden-workload.ts";

export interface HardenQuestion extends HardenOptions {
  readonly namespaces: ReadonlyMap<string, KnownNamespace>;
  readonly found: readonly { readonly carrier: Carrier; readonly object: KubernetesObject }[];
}

/** By name of the namespace. What a controller of the input makes is left to the controller. */
export function harden({ namespaces, found, ...options }: HardenQuestion): readonly HardenedNamespace[] {
  const byNamespace = Map.groupBy(found, ({ carrier }) => carrier.id.namespace);
  const names = [...new Set([...namespaces.keys(), ...byNamespace.keys()])].sort();
  return names.map((name) => {
    const own = byNamespace.get(name) ?? [];
    const carriers = own.map(({ carrier }) => carrier);
    const isOwned = ownedBy(carriers);
    const workloads = own
      .filter(({ carrier }) => !isOwned(carrier))
      .map(({ carrier, object }) => hardenWorkload(carrier, object, options));
    return hardenNamespace(name, namespaces.get(name), carriers, workloads, options.policy, options.minor);
  });
}

function ownedBy(carriers: readonly Carrier[]): (carrier: Carrier) => boolean {
  const uids = new Set(carriers.map(({ uid }) => uid).filter((uid) => uid !== ""));
  const names = new Set(carriers.map(({ id }) => `${id.kind}/${id.name}`));
  return ({ owner }) => owner !== undefined && (uids.has(owner.uid ?? "") || names.has(`${owner.kind}/${owner.name}`));
}
