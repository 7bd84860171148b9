// The smallest NetworkPolicy found that says the same: without what others say already, ports and addresses joined,
// rules for the same peers or ports as one. Offered only when it was read back and proved to admit exactly the same.

import { networkPolicy } from "../../../kubernetes/network.ts";
import { narrow, type TypeOf } from "../../../kubernetes/shape.ts";
import { DIRECTIONS, type Direction, type Policy } from "../policy.ts";
import { readNetworkPolicy } from "../read-network-policy.ts";
import { coverOf, type Box } from "./box.ts";
import { joinRules, type DraftRule } from "./draft-rule.ts";
import { entriesIn, type Entry } from "./entry.ts";
import type { Space } from "./space.ts";

export type PolicySpec = NonNullable<TypeOf<typeof networkPolicy>["spec"]>;

/**
 * One spec that admits what these entries of some policies admit, no more and no less; the policies have the same
 * subject and the same directions. `undefined` where that could not be proved. O(rules²).
 */
export function smallestSpec(
  space: Space,
  policies: readonly Policy[],
  kept: ReadonlySet<Entry>,
): PolicySpec | undefined {
  const [first] = policies;
  if (first === undefined) return undefined;
  const [into, out] = DIRECTIONS.map((direction) =>
    joinRules(policies.flatMap((policy) => draftsOf(policy, direction, kept))),
  );
  const spec: PolicySpec = {
    podSelector: specOf(first).podSelector ?? {},
    policyTypes: DIRECTIONS.flatMap((direction) => (first[direction] === undefined ? [] : [TYPES[direction]])),
    ...(into?.length && {
      ingress: into.map(({ peers, ports }) => ({ ...(peers && { from: peers }), ...(ports && { ports }) })),
    }),
    ...(out?.length && {
      egress: out.map(({ peers, ports }) => ({ ...(peers && { to: peers }), ...(ports && { ports }) })),
    }),
  };
  return isSame(space, first, spec, kept) ? spec : undefined;
}

const TYPES: Readonly<Record<Direction, string>> = { ingress: "Ingress", egress: "Egress" };

const specs = new WeakMap<Policy, PolicySpec>();

function specOf(policy: Policy): PolicySpec {
  let spec = specs.get(policy);
  if (spec !== undefined) return spec;
  const narrowed = narrow(networkPolicy, policy.resource.object);
  spec = (narrowed.ok ? narrowed.value.spec : undefined) ?? {};
  specs.set(policy, spec);
  return spec;
}

/** What is kept of each rule, as written. */
function draftsOf(policy: Policy, direction: Direction, kept: ReadonlySet<Entry>): readonly DraftRule[] {
  const spec = specOf(policy);
  const written =
    direction === "ingress"
      ? (spec.ingress ?? []).map((rule) => ({ peers: rule?.from, ports: rule?.ports }))
      : (spec.egress ?? []).map((rule) => ({ peers: rule?.to, ports: rule?.ports }));
  const entries = [...kept].filter((entry) => entry.policy === policy && entry.direction === direction);
  return written.flatMap(({ peers, ports }, index): readonly DraftRule[] => {
    const own = entries.filter(({ rule }) => rule.index === index);
    if (own.length === 0) return [];
    const isForEverybody = own.some(({ peer }) => peer === undefined);
    return [
      {
        peers: isForEverybody ? undefined : own.map(({ peer = 0 }) => peers?.[peer] ?? {}),
        ports: ports == null || ports.length === 0 ? undefined : ports.map((port) => port ?? {}),
      },
    ];
  });
}

/** Reads the spec as the API server would, and compares it with the entries for every pod there could be. */
function isSame(space: Space, { resource, ...policy }: Policy, spec: PolicySpec, kept: ReadonlySet<Entry>): boolean {
  const { policy: made } = readNetworkPolicy({ ...resource, object: Object.assign({}, resource.object, { spec }) });
  if (made === undefined) return false;
  return DIRECTIONS.every((direction) => {
    if ((made[direction] === undefined) !== (policy[direction] === undefined)) return false;
    const now = entriesIn(space, made, direction).map(({ box }) => box);
    const before = [...kept].filter((entry) => entry.direction === direction).map(({ box }) => box);
    return isWithin(now, before) && isWithin(before, now);
  });
}

function isWithin(inner: readonly Box[], outer: readonly Box[]): boolean {
  return inner.every((box) => coverOf(box, outer) !== undefined);
}
