// What one technique gives by itself, as the access engine decides each of its requests: the engine answers as the API server
// does (test/differential/access), so a technique that differs from it says too much or too little.

import { type AttackWorld } from "../../../src/attack/attack-world.ts";
import { actingAs, holdingKey, type Holding } from "../../../src/attack/holding.ts";
import { roleRules } from "../../../src/attack/role-rules.ts";
import { resourceAction } from "../../../src/layers/access/action.ts";
import type { Identity } from "../../../src/layers/access/identity.ts";
import { NAMES } from "./random-world.ts";
import { RBAC } from "./use.ts";

/** Whether the identity may do it; several verbs: any of them. A name that nothing has stands for any. */
export type Can = (verbs: string, resource: string, about?: About) => boolean;

interface About {
  readonly group?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface SingleStep {
  /** Techniques whose steps count, the one in question first. */
  readonly techniques: readonly string[];
  /** So many in a row. */
  readonly steps: number;
  /** What may be gained, each with what decides it. */
  readonly gains: (world: AttackWorld, can: Can) => Iterable<readonly [gained: readonly Holding[], isGained: boolean]>;
}

const ANY = "zzz";
const NAMESPACES = ["shop", "ops"] as const;
const CERTIFICATES = "certificates.k8s.io";

export function canOf({ access }: AttackWorld, identity: Identity): Can {
  return (verbs, resource, { group = "", namespace = "", name = "" } = {}) => {
    const [plural = "", subresource = ""] = resource.split("/");
    return verbs.split("|").some((verb) => {
      const action = resourceAction(verb, plural, { apiGroup: group, namespace, name, subresource });
      return access.authorize(identity, action).allowed;
    });
  };
}

/** By POST, or by a request that names what is not there yet. */
function canCreate(can: Can, resource: string, about: About, change: string, taken: ReadonlySet<string>): boolean {
  if (can("create", resource, about)) return true;
  return NAMES.filter((name) => !taken.has(name)).some(
    (name) => can("create", resource, { ...about, name }) && can(change, resource, { ...about, name }),
  );
}

/** A new binding: one that is there keeps its role. */
function canBindIn({ access }: AttackWorld, can: Can, namespace: string): boolean {
  const bindings = access.state.rbac.scopes.get(namespace)?.bindings.values() ?? [];
  const taken = new Set([...bindings].map(({ resource }) => resource.name));
  const resource = namespace === "" ? "clusterrolebindings" : "rolebindings";
  return canCreate(can, resource, { group: RBAC, namespace }, "update|patch", taken);
}

const canReadAll = (can: Can, namespace: string): boolean =>
  can("get", "secrets", { namespace, name: ANY }) || can("list|watch", "secrets", { namespace });

/** A role in a namespace, or more. */
function roleIn(role: string, namespace: string): readonly Holding[] {
  return [
    { kind: "role", role, namespace },
    { kind: "role", role, namespace: "*" },
    { kind: "namespace-admin", namespace },
    { kind: "namespace-admin", namespace: "*" },
    { kind: "cluster-admin" },
  ];
}

const user = (name: string): readonly Holding[] => [{ kind: "user", name }];
const means = (of: string): readonly Holding[] => [{ kind: "means", of, namespace: "", name: "" }];

function usersOf({ rights }: AttackWorld): readonly string[] {
  const names = rights.bound.flatMap(({ holder }) => (holder.kind === "user" ? [holder.name] : []));
  return [...new Set(names)].filter((name) => !name.startsWith("system:"));
}

/** Somebody that a group can be acted as with. */
function canActAsAnybody(can: Can): boolean {
  const names = [...NAMES, ANY];
  if (names.some((name) => can("impersonate", "users", { name }))) return true;
  return [...NAMESPACES, ANY].some((namespace) =>
    names.some((name) => can("impersonate", "serviceaccounts", { namespace, name })),
  );
}

function canApprove(can: Can, signer: string): boolean {
  const signers = [signer, "kubernetes.io/*"];
  return (
    can("create", "certificatesigningrequests", { group: CERTIFICATES }) &&
    can("update|patch", "certificatesigningrequests/approval", { group: CERTIFICATES, name: ANY }) &&
    signers.some((name) => can("approve", "signers", { group: CERTIFICATES, name }))
  );
}

export const SINGLE_STEPS: readonly SingleStep[] = [
  {
    techniques: ["impersonate-user"],
    steps: 1,
    *gains(world, can) {
      for (const name of usersOf(world))
        yield [[actingAs({ kind: "user", name })], can("impersonate", "users", { name })];
    },
  },
  {
    techniques: ["impersonate-service-account"],
    steps: 1,
    *gains(world, can) {
      for (const { namespace, name, user: gained } of world.accounts)
        yield [[actingAs({ kind: "user", name: gained })], can("impersonate", "serviceaccounts", { namespace, name })];
    },
  },
  {
    techniques: ["impersonate-group"],
    steps: 1,
    *gains({ rights }, can) {
      for (const { holder } of rights.bound)
        if (holder.kind === "group")
          yield [[actingAs(holder)], canActAsAnybody(can) && can("impersonate", "groups", { name: holder.name })];
    },
  },
  {
    techniques: ["impersonate-masters"],
    steps: 1,
    *gains(_world, can) {
      const isMaster = canActAsAnybody(can) && can("impersonate", "groups", { name: "system:masters" });
      yield [[{ kind: "cluster-admin" }], isMaster];
    },
  },
  {
    techniques: ["token-request"],
    steps: 1,
    *gains({ accounts }, can) {
      for (const { namespace, name, user: gained, exists } of accounts)
        yield [user(gained), exists && can("create", "serviceaccounts/token", { namespace, name })];
    },
  },
  {
    techniques: ["read-secrets"],
    steps: 1,
    *gains({ secrets }, can) {
      for (const namespace of NAMESPACES) yield [[{ kind: "secrets", namespace }], canReadAll(can, namespace)];
      for (const { namespace, name } of secrets)
        yield [[{ kind: "secret", namespace, name }], can("get|list|watch", "secrets", { namespace, name })];
    },
  },
  {
    techniques: ["patch-namespace"],
    steps: 1,
    *gains(_world, can) {
      for (const name of NAMESPACES)
        yield [[{ kind: "unenforced", namespace: name }], can("update|patch", "namespaces", { namespace: name, name })];
    },
  },
  {
    techniques: ["create-pod"],
    steps: 1,
    *gains({ podsIn }, can) {
      for (const namespace of NAMESPACES) {
        const taken = new Set(podsIn(namespace).flatMap(({ isPod, name }) => (isPod ? [name] : [])));
        yield [[{ kind: "new-pod", namespace }], canCreate(can, "pods", { namespace }, "patch", taken)];
      }
    },
  },
  {
    techniques: ["bind-role"],
    steps: 1,
    *gains(world, can) {
      const { access } = world;
      for (const { resource } of access.state.rbac.roles.values()) {
        const { kind, namespace, name } = resource;
        if (kind !== "Role") continue;
        const isGained = canBindIn(world, can, namespace) && can("bind", "roles", { group: RBAC, namespace, name });
        yield [roleIn(`${namespace}/${name}`, namespace), isGained];
      }
    },
  },
  {
    techniques: ["bind-cluster-role"],
    steps: 1,
    *gains(world, can) {
      const { access } = world;
      const everywhere = canBindIn(world, can, "");
      for (const { resource } of access.state.rbac.roles.values()) {
        const { kind, name } = resource;
        if (kind !== "ClusterRole") continue;
        const isForAll = everywhere && can("bind", "clusterroles", { group: RBAC, name });
        for (const namespace of NAMESPACES) {
          const isHere =
            canBindIn(world, can, namespace) && can("bind", "clusterroles", { group: RBAC, namespace, name });
          yield [roleIn(name, namespace), isForAll || isHere];
        }
      }
    },
  },
  {
    techniques: ["change-binding"],
    steps: 1,
    *gains({ access }, can) {
      const gained = new Map<string, { readonly holding: Holding; isGained: boolean }>();
      for (const { namespace, bindings } of access.state.rbac.scopes.values())
        for (const { resource, roleRef, roleKey } of bindings.values()) {
          if (roleKey === undefined || access.state.rbac.roleAt(roleKey) === undefined) continue;
          const isRole = roleRef.kind === "Role";
          const role = isRole ? `${namespace}/${roleRef.name}` : roleRef.name;
          const holding: Holding = { kind: "role", role, namespace: namespace || "*" };
          const about = { group: RBAC, namespace };
          const bindings_ = namespace === "" ? "clusterrolebindings" : "rolebindings";
          const isGained =
            can("update|patch", bindings_, { ...about, name: resource.name }) &&
            can("bind", isRole ? "roles" : "clusterroles", { ...about, name: roleRef.name });
          const known = gained.get(holdingKey(holding));
          if (known === undefined) gained.set(holdingKey(holding), { holding, isGained });
          else known.isGained ||= isGained;
        }
      for (const { holding, isGained } of gained.values()) yield [[holding], isGained];
    },
  },
  {
    techniques: ["escalate-role"],
    steps: 1,
    *gains({ rights, access }, can) {
      for (const { binding, role, namespace } of rights.bound) {
        const { kind, name } = binding.roleRef;
        const scope = kind === "Role" ? namespace : undefined;
        const about = { group: RBAC, name, namespace: scope ?? "" };
        const resource = scope === undefined ? "clusterroles" : "roles";
        const isThere = role !== undefined && access.state.rbac.roles.get(`${scope ?? ""}\u0000${name}`) !== undefined;
        const isGained = isThere && can("update|patch", resource, about) && can("escalate", resource, about);
        yield [[roleRules(scope, name)], isGained];
      }
    },
  },
  {
    techniques: ["escalate-new-role"],
    steps: 2,
    *gains(_world, can) {
      for (const namespace of NAMESPACES) {
        const about = { group: RBAC, namespace };
        const isMade = can("create", "roles", about) && can("escalate", "roles", about);
        const isBound = can("create", "rolebindings", about) && can("bind", "roles", { ...about, name: ANY });
        yield [[{ kind: "namespace-admin", namespace }], isMade && isBound];
      }
    },
  },
  {
    techniques: ["aggregate-role"],
    steps: 1,
    *gains({ access }, can) {
      const about = { group: RBAC };
      const names = [...access.state.rbac.roles.values()].flatMap(({ resource }) =>
        resource.kind === "ClusterRole" ? [resource.name] : [],
      );
      const canWrite = (verbs: string, name: string): boolean =>
        can(verbs, "clusterroles", { ...about, name }) && can("escalate", "clusterroles", { ...about, name });
      const isGained =
        (can("create", "clusterroles", about) && can("escalate", "clusterroles", about)) ||
        names.some((name) => canWrite("update|patch", name)) ||
        NAMES.some((name) => canWrite("update|patch", name) && can("create", "clusterroles", { ...about, name }));
      yield [means("labelled-role"), isGained];
    },
  },
  {
    techniques: ["create-token-secret", "read-secrets"],
    steps: 2,
    *gains(_world, can) {
      for (const namespace of NAMESPACES) {
        const isGained = can("create", "secrets", { namespace }) && canReadAll(can, namespace);
        yield [[{ kind: "accounts", namespace }], isGained];
      }
    },
  },
  {
    techniques: ["approve-certificate"],
    steps: 1,
    *gains(_world, can) {
      yield [means("any-user"), canApprove(can, "kubernetes.io/kube-apiserver-client")];
    },
  },
  {
    techniques: ["node-certificate"],
    steps: 1,
    *gains(_world, can) {
      const about = { group: CERTIFICATES };
      const isByItself =
        can("create", "certificatesigningrequests", about) &&
        can("create", "certificatesigningrequests/nodeclient", about);
      const isApproved = canApprove(can, "kubernetes.io/kube-apiserver-client-kubelet");
      yield [means("any-node-identity"), isByItself || isApproved];
    },
  },
];
