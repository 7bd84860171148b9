// What constrained impersonation is worth something for: one entry per mode and verb.

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";
import { clusterScoped, named, unnamed, type Power } from "./power.ts";
import { podsHolding } from "./pods-holding.ts";

export interface Mode {
  /** To act as somebody in this mode at all. */
  readonly power: Power;
  readonly isAccount: boolean;
}

export interface ConstrainedRight {
  readonly mode: Mode;
  /** To do this one thing in that mode. */
  readonly on: Power;
  /** What the one acted as needs to be allowed themselves. */
  readonly own: Power;
  readonly gives: (world: AttackWorld, namespace: NamespaceScope, name: string) => readonly Holding[];
}

const AUTHENTICATION = "authentication.k8s.io";
const MODES: readonly (Mode & { readonly verb: string })[] = [
  {
    verb: "serviceaccount",
    isAccount: true,
    power: named(["impersonate:serviceaccount"], AUTHENTICATION, "serviceaccounts"),
  },
  {
    verb: "user-info",
    isAccount: false,
    power: clusterScoped(named(["impersonate:user-info"], AUTHENTICATION, "users")),
  },
];

interface Worth {
  readonly verb: string;
  readonly resource: string;
  readonly isNamed: boolean;
  readonly gives: ConstrainedRight["gives"];
}

const WORTH: readonly Worth[] = [
  { verb: "create", resource: "pods", isNamed: false, gives: (_world, namespace) => [{ kind: "new-pod", namespace }] },
  { verb: "create", resource: "pods/exec", isNamed: true, gives: podsHolding },
  { verb: "create", resource: "serviceaccounts/token", isNamed: true, gives: tokens },
  { verb: "get", resource: "secrets", isNamed: true, gives: secrets },
  { verb: "list", resource: "secrets", isNamed: true, gives: secrets },
];

export const CONSTRAINED: readonly ConstrainedRight[] = MODES.flatMap(({ verb: mode, power, isAccount }) =>
  WORTH.map(({ verb, resource, isNamed, gives }) => {
    const make = isNamed ? named : unnamed;
    return {
      mode: { power, isAccount },
      on: make([`impersonate-on:${mode}:${verb}`], "", resource),
      own: make([verb], "", resource),
      gives,
    };
  }),
);

/** To act as a node that is named, or any. */
export const AS_NODE = clusterScoped(named(["impersonate:arbitrary-node"], AUTHENTICATION, "nodes"));
/** What a node does for its pods, by the request. */
export const ON_NODE = {
  token: named(["impersonate-on:arbitrary-node:create"], "", "serviceaccounts/token"),
  secret: named(["impersonate-on:arbitrary-node:get"], "", "secrets"),
} as const;

function tokens({ accounts }: AttackWorld, namespace: NamespaceScope, name: string): readonly Holding[] {
  if (name === "") return [{ kind: "accounts", namespace }];
  return accounts
    .filter((one) => one.exists && one.name === name && (namespace === EVERYWHERE || one.namespace === namespace))
    .map(({ user }) => ({ kind: "user", name: user }));
}

function secrets(world: AttackWorld, namespace: NamespaceScope, name: string): readonly Holding[] {
  if (name === "") return [{ kind: "secrets", namespace }];
  return world.secrets
    .filter((one) => one.name === name && (namespace === EVERYWHERE || one.namespace === namespace))
    .map((one) => ({ kind: "secret", namespace: one.namespace, name }));
}
