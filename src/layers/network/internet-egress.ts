// Which workloads reach the public internet as a whole, and the metadata API of cloud instances.

import { ofFamily, singleAddress, type AddressSet } from "./address-set.ts";
import { parseAddress } from "./address.ts";
import { INTERNET } from "./internet.ts";
import { covers, union } from "./interval-set.ts";
import { classKey, isEveryPort, remembered, type NetworkView } from "./network-view.ts";
import type { Workload } from "./pod.ts";

/** By family: pods may be in one of them only. */
const PUBLIC: readonly AddressSet[] = ([4, 6] as const).map((family) => ofFamily(INTERNET, family));
const METADATA: AddressSet = singleAddress(parseAddress("169.254.169.254")?.point ?? 0);

const wide = new WeakMap<NetworkView, ReadonlySet<Workload>>();

/** Every public IPv4 address, or every public IPv6 address, on every port, for sure. Worked out once for all workloads. */
export function reachesInternet(view: NetworkView, workload: Workload): boolean {
  let found = wide.get(view);
  if (found === undefined) wide.set(view, (found = wideWorkloads(view)));
  return found.has(workload);
}

function wideWorkloads({ network }: NetworkView): ReadonlySet<Workload> {
  const map = network.map();
  const { outcomes } = network.world;
  const found = new Set<Workload>();
  for (const { workloads, outside } of map.outbound()) {
    const open = outside
      .filter(({ outcome }) => isEveryPort(outcomes.sureOf(outcome)))
      .reduce<AddressSet>((set, { addresses }) => union(set, addresses), []);
    if (!PUBLIC.some((all) => covers(open, all))) continue;
    for (const position of workloads) {
      const workload = map.workloads[position];
      if (workload !== undefined) found.add(workload);
    }
  }
  return found;
}

const metadata = new WeakMap<object, Map<string, boolean>>();

/** 169.254.169.254 on TCP 80, for sure. */
export function reachesMetadata({ network }: NetworkView, { pods }: Workload): boolean {
  return remembered(metadata, network, classKey(network.world, pods), () => {
    const destination = { kind: "addresses", set: METADATA } as const;
    const port = { protocol: "TCP", port: 80 } as const;
    return network.reach({ source: { kind: "pods", pods }, destination, port }).verdict === "allowed";
  });
}
