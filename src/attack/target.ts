// What an attacker is after, strongest first. Who holds one holds what stands below it, as far as it is said here.

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding } from "./holding.ts";

export type Target =
  | { readonly kind: "cluster-admin" }
  | { /** Root on a node: of the attacker's choice, or the one named. */ readonly kind: "node"; readonly node: string }
  | { /** Every Secret, of the cluster or of a namespace. */ readonly kind: "secrets"; readonly namespace: string }
  | { readonly kind: "namespace-admin"; readonly namespace: string };

export const TARGET_KINDS = [
  "cluster-admin",
  "node",
  "namespace-admin",
  "secrets",
] as const satisfies readonly Target["kind"][];

/** What one holds who has come to it. */
export function holdingOfTarget(target: Target): Holding {
  if (target.kind === "cluster-admin") return { kind: "cluster-admin" };
  if (target.kind !== "node") return { kind: target.kind, namespace: target.namespace };
  return target.node === "" ? { kind: "any-node" } : { kind: "node", node: target.node };
}

export interface TargetHolding {
  readonly target: Target;
  readonly holding: Holding;
}

/** Linear in namespaces and nodes. `nodes` are those of holdings, also of pods that are not placed. */
export function targetsOf(world: AttackWorld, nodes: Iterable<string>): readonly TargetHolding[] {
  const namespaces = [EVERYWHERE, ...world.namespaces.map(({ name }) => name)];
  const targets: readonly Target[] = [
    { kind: "cluster-admin" },
    { kind: "node", node: "" },
    ...[...nodes].map((node): Target => ({ kind: "node", node })),
    ...namespaces.map((namespace): Target => ({ kind: "namespace-admin", namespace })),
    ...namespaces.map((namespace): Target => ({ kind: "secrets", namespace })),
  ];
  return targets.map((target) => ({ target, holding: holdingOfTarget(target) }));
}

/** Whether holding `one` already says that one holds `other`. */
export function implies(one: Target, other: Target): boolean {
  if (one.kind === "cluster-admin") return other.kind !== "cluster-admin";
  if (one.kind === "node") return other.kind === "node" && one.node === "" && other.node !== "";
  if (other.kind === "node" || other.kind === "cluster-admin") return false;
  const isWider = one.namespace === EVERYWHERE && other.namespace !== EVERYWHERE;
  if (one.kind === other.kind) return isWider;
  return one.kind === "namespace-admin" && (isWider || one.namespace === other.namespace);
}

/** Equal exactly for equal targets. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case "cluster-admin":
      return target.kind;
    case "node":
      return `node ${target.node}`;
    default:
      return `${target.kind} ${target.namespace}`;
  }
}

/** Whether who comes to the target has come to one of the kind as well. */
export function isOfKind(target: Target, kind: Target["kind"]): boolean {
  if (target.kind === kind || target.kind === "cluster-admin") return true;
  return target.kind === "namespace-admin" && kind === "secrets";
}
