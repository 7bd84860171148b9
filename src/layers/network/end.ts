// The two ends of a connection, resolved to what the rows know: classes and addresses. A host-network pod has two faces,
// since plugins may take it for a pod or for its node; a dual-stack pod has one per family.

import type { AddressGroup } from "./address-groups.ts";
import { familyOf, type AddressFamily, type AddressPoint } from "./address.ts";
import { isSingleAddress, ofFamily, type AddressSet } from "./address-set.ts";
import { isEmpty } from "./interval-set.ts";
import type { Pod } from "./pod.ts";
import type { ClassId } from "./pod-classes.ts";
import type { World } from "./world.ts";

/** One pod, the pods of a workload (any of them), or addresses that belong to no pod (any of them). */
export type End =
  | { readonly kind: "pods"; readonly pods: readonly Pod[] }
  | { readonly kind: "addresses"; readonly set: AddressSet };

export interface Face {
  readonly peer: ClassId;
  readonly group: AddressGroup;
  /** `any`: the address is not known. */
  readonly family: AddressFamily | "any";
  /** How a host-network pod is seen; `any` for every other end. */
  readonly view: "any" | "pod" | "node";
  readonly pod: Pod | undefined;
  /** The node that sends or receives, where it is a node. */
  readonly node: string | undefined;
}

/** The faces of an end, limited to a family where one is asked for. */
export function facesOf(world: World, end: End, family: AddressFamily | undefined): readonly Face[] {
  if (end.kind === "addresses") return facesOfAddresses(world, end.set, family);
  const [only] = end.pods;
  if (end.pods.length === 1 && only !== undefined) return facesOfPod(world, only, family);
  return end.pods.flatMap((pod) => facesOfPod(world, pod, family));
}

function facesOfPod(world: World, pod: Pod, family: AddressFamily | undefined): readonly Face[] {
  const { addresses, isHostNetwork } = pod;
  const [only] = addresses;
  if (only === undefined) return facesWith(world, pod, world.unknownAddress(isHostNetwork, family), "any");
  if (addresses.length === 1) return facesAt(world, pod, only, family);
  return addresses.flatMap((point) => facesAt(world, pod, point, family));
}

function facesAt(world: World, pod: Pod, point: AddressPoint, family: AddressFamily | undefined): readonly Face[] {
  const own = familyOf(point);
  if (family !== undefined && family !== own) return [];
  return facesWith(world, pod, world.groups.single(world.atoms.keyOf(point)), own);
}

function facesWith(world: World, pod: Pod, group: AddressGroup, family: Face["family"]): readonly Face[] {
  const { classes } = world;
  const peer = classes.classOf(pod);
  if (!pod.isHostNetwork) return [{ peer, group, family, view: "any", pod, node: undefined }];
  return [
    { peer, group, family, view: "pod", pod, node: undefined },
    { peer: classes.outside, group, family, view: "node", pod, node: pod.node },
  ];
}

function facesOfAddresses(world: World, set: AddressSet, family: AddressFamily | undefined): readonly Face[] {
  const families = family === undefined ? ([4, 6] as const) : [family];
  return families.flatMap((each): readonly Face[] => {
    const part = ofFamily(set, each);
    if (isEmpty(part)) return [];
    const group = world.groups.group(world.atoms.keysWithin(part));
    const node = isSingleAddress(part) ? world.nodesAt.get(part[0] ?? 0) : undefined;
    return [{ peer: world.classes.outside, group, family: each, view: "any", pod: undefined, node }];
  });
}

/** Whether two faces can meet: a common family, and one way of seeing host-network pods. */
export function canMeet(a: Face, b: Face): boolean {
  if (a.family !== "any" && b.family !== "any" && a.family !== b.family) return false;
  return a.view === "any" || b.view === "any" || a.view === b.view;
}
