// What holdings mean in others' terms, without any technique: an identity is in its groups, every pod of a namespace is
// this pod, and a pod is its containers.

import { everyAccount, everyGroup, everyNode, everyUser } from "./any-identity.ts";
import type { AttackWorld } from "./attack-world.ts";
import { actingAs, EVERYWHERE, SOME_NODE, type Holding } from "./holding.ts";
import { groupsOf, type Member } from "./group-membership.ts";
import { meantByNamespaceRights } from "./namespace-rights.ts";
import { rewrittenRoles } from "./role-rules.ts";
import type { Step } from "./step.ts";

/** Linear in the objects of the world. */
export function* impliedSteps(world: AttackWorld): Generator<Step> {
  yield* memberships(world);
  yield* rewrittenRoles(world);
  for (const every of [everyUser, everyGroup, everyNode, everyAccount]) yield* every(world);
  for (const { name } of world.namespaces) {
    for (const kind of NARROWED) yield one({ kind, namespace: EVERYWHERE }, { kind, namespace: name });
  }
  yield* meantByNamespaceRights(world);
  for (const account of world.accounts) {
    if (!account.exists) continue;
    yield one({ kind: "accounts", namespace: account.namespace }, { kind: "user", name: account.user });
  }
  for (const pod of world.pods) {
    yield one({ kind: "pods", namespace: pod.namespace }, pod.holding);
    for (const { holding } of pod.containers) if (holding !== pod.holding) yield one(pod.holding, holding);
  }
  for (const { namespace, name } of world.secrets)
    yield one({ kind: "secrets", namespace }, { kind: "secret", namespace, name });
  for (const { name, isControlPlane } of world.nodes) {
    yield one({ kind: "any-node" }, { kind: "node", node: name });
    if (!isControlPlane) yield one({ kind: "node", node: name }, SOME_NODE);
  }
  for (const { node, isPlaced } of world.pods) if (!isPlaced) yield one({ kind: "node", node }, SOME_NODE);
}

const NARROWED = ["accounts", "new-pod", "pods", "unenforced", "secrets", "namespace-admin"] as const;

function* memberships({ rights, accounts, member }: AttackWorld): Generator<Step> {
  const groups = new Set<string>();
  const users = new Set<string>(accounts.map(({ user }) => user));
  for (const { holder } of rights.bound) {
    if (holder.kind === "group") groups.add(holder.name);
    else if (holder.kind === "user") users.add(holder.name);
  }
  if (member !== undefined) users.add(member.user);
  for (const name of users) yield* into({ kind: "user", name }, groups, member);
  for (const name of groups) yield* into({ kind: "group", name }, groups, member);
}

/** Groups that no binding names give nothing. */
function* into(holder: Holding, groups: ReadonlySet<string>, member: Member | undefined): Generator<Step> {
  for (const name of groupsOf(holder, member)) {
    if (!groups.has(name)) continue;
    const group: Holding = { kind: "group", name };
    yield one(holder, group);
    yield one(actingAs(holder), actingAs(group));
  }
}

function one(from: Holding, gives: Holding): Step {
  return { needs: [from], gives };
}
