// Policies generated from the flows of a random cluster, judged by the naive evaluator, which shares nothing with the
// engine or the generator.

import type { Resource } from "../../src/cluster/resource.ts";
import { createNetwork } from "../../src/layers/network/network.ts";
import { generatePolicies, SYSTEM_NAMESPACES, type Generated } from "../../src/layers/network/generate/generate.ts";
import type { PolicyKind } from "../../src/layers/network/generate/generated-policy.ts";
import { NOTHING_GIVEN } from "../../src/layers/network/generate/known-addresses.ts";
import type { Need } from "../../src/layers/network/generate/need.ts";
import { naiveAnswer } from "./naive-evaluator.ts";
import { needsOfFlows, PROBES, SOMEWHERE, type RandomApplication } from "./random-application.ts";
import { objectsOf, type RawClusterPolicy, type RawNetworkPolicy, type RawWorld } from "./raw-objects.ts";
import { resourcesOf } from "./resources.ts";

export interface Judgement {
  readonly generated: Generated;
  readonly probes: number;
  /** The first probe that is not answered as the flows ask for. */
  readonly wrong: string | undefined;
}

/** Every pair of pods and addresses, ports around those that were seen. Needs are exactly the flows, by owner. */
export function judgeGenerated(
  application: RandomApplication,
  kind: PolicyKind,
  silent: "as-today" | "closed" = "closed",
  needs: readonly Need[] = needsOfFlows(application),
): Judgement {
  const generated = generate(application, kind, silent, needs);
  const { world, ownerOf } = application;
  const guarded = guardedBy(world, generated, kind);
  const open = expectedOpen(application, generated);
  const nameOf = ownerNames(generated, application);
  const onNodes = world.pods.filter(({ spec }) => spec.hostNetwork);
  const hosts = new Set(onNodes.map(({ metadata }) => nameOfPod(metadata)));
  const ends = [...ownerOf.keys(), ...SOMEWHERE].filter((name) => !hosts.has(name));
  const known = new Set(
    [...application.flows.flatMap(({ from, to }) => [from, to]), ...application.doors.map(({ to }) => to)].map(nameOf),
  );
  /** Not under a default deny, or left open since nothing is known of it. */
  const isFree = (name: string): boolean =>
    !ownerOf.has(name) || name.startsWith("kube-system/") || (silent === "as-today" && !known.has(nameOf(name)));
  const doors = new Set(
    application.doors.flatMap(({ from, to, protocol, port }) =>
      (from === "pods" ? [true] : [true, false]).map((isPod) => `${isPod} ${nameOf(to)} ${protocol}/${port}`),
    ),
  );
  let probes = 0;
  for (const from of ends) {
    for (const to of ends) {
      // As sources a ClusterNetworkPolicy has no word for addresses.
      const isUntouched = kind === "ClusterNetworkPolicy" && SOMEWHERE.includes(from);
      if (from === to || isUntouched) continue;
      for (const [protocol, port] of PROBES) {
        probes++;
        const answer = naiveAnswer(guarded, { from, to, family: 4, protocol, port }, []);
        const isDoor = isFree(from) && doors.has(`${ownerOf.has(from)} ${nameOf(to)} ${protocol}/${port}`);
        const isFlow = open.has(`${nameOf(from)} > ${nameOf(to)} ${protocol}/${port}`);
        const isExpected = isFlow || isDoor || (isFree(from) && isFree(to));
        if ((answer === "allowed") !== isExpected)
          return { generated, probes, wrong: `${from} > ${to} ${protocol}/${port}: ${answer}, expected ${isExpected}` };
      }
    }
  }
  return { generated, probes, wrong: undefined };
}

function nameOfPod({ namespace = "", name }: { readonly namespace?: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

export function resourcesIn({ world, services }: RandomApplication): readonly Resource[] {
  return resourcesOf([...objectsOf(world), ...services]);
}

export function generate(
  application: RandomApplication,
  kind: PolicyKind,
  silent: "as-today" | "closed" = "closed",
  needs: readonly Need[] = needsOfFlows(application),
): Generated {
  const resources = resourcesIn(application);
  return generatePolicies({
    network: createNetwork(resources),
    resources,
    needs,
    unresolved: [],
    kind,
    addresses: NOTHING_GIVEN,
    isWanted: (namespace) => !SYSTEM_NAMESPACES.has(namespace),
    silent,
  });
}

/** The world with the generated objects in place. */
export function guardedBy(world: RawWorld, { policies }: Pick<Generated, "policies">, kind: PolicyKind): RawWorld {
  const objects = policies.map(({ resource }) => resource.object as unknown); // of the kind that was asked for
  return kind === "NetworkPolicy"
    ? { ...world, networkPolicies: objects as readonly RawNetworkPolicy[] }
    : { ...world, clusterPolicies: objects as readonly RawClusterPolicy[] };
}

/** Owners that labels do not tell apart answer for each other. */
function ownerNames({ owners }: Generated, { ownerOf }: RandomApplication): (name: string) => string {
  const byWorkload = new Map(owners.flatMap((owner) => owner.workloads.map(({ id }) => [id, owner.id] as const)));
  return (name) => {
    const id = ownerOf.get(name);
    return id === undefined ? name : (byWorkload.get(id) ?? id);
  };
}

function expectedOpen(application: RandomApplication, generated: Generated): ReadonlySet<string> {
  const nameOf = ownerNames(generated, application);
  const open = new Set<string>();
  for (const { from, to, protocol, port } of application.flows) {
    open.add(`${nameOf(from)} > ${nameOf(to)} ${protocol}/${port}`);
    if (!application.ownerOf.has(from)) continue;
    for (const dns of ["TCP/53", "UDP/53"]) open.add(`${nameOf(from)} > kube-system/coredns[DaemonSet] ${dns}`);
  }
  return open;
}
