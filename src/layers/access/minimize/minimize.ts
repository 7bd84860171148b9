// The public face of least privilege from use: an audit log and today's rights become the least roles per subject.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import { createAccess, type Access } from "../access-engine.ts";
import { defaultBindings, defaultRoles } from "../bootstrap.ts";
import { MASTERS_GROUP, nodeIdentity } from "../identity.ts";
import { keyOf } from "../resource-reference.ts";
import { minimizeSubject, type MinimizeOptions, type SubjectResult } from "./minimize-subject.ts";
import { ownBindings } from "./own-bindings.ts";
import type { IdentityUse, Usage } from "./usage.ts";

export { createUsage, MOST_NAMES, type Usage } from "./usage.ts";
export type { LogEvidence } from "./log-evidence.ts";
export type { MinimizeOptions, SubjectResult } from "./minimize-subject.ts";

export interface Minimized<S> {
  /** By user name. */
  readonly subjects: readonly SubjectResult<S>[];
  /** Users that roles do not decide about, or not alone. */
  readonly nodes: number;
  readonly masters: readonly string[];
  /** In the log, with nothing of their own to be minimized. */
  readonly byDefaultsOnly: number;
  /** With bindings of their own and not in the log. */
  readonly unseen: readonly string[];
  /** The same, where the log does not show every use. */
  readonly unjudged: readonly string[];
}

export interface MinimizeRequest<S> {
  readonly usage: Usage;
  /** Today's rights; `undefined` where only the log is known. */
  readonly present: Access<S> | undefined;
  readonly options: MinimizeOptions;
  /** These users only; all when empty. */
  readonly users: readonly string[];
  /** Stands for where the proposal's own objects come from. */
  readonly source: S;
}

/** A proposal for each user of the log, or for those asked for. */
export function minimize<S>({ usage, present, options, users, source }: MinimizeRequest<S>): Minimized<S> {
  const { minor } = options;
  const base = present ?? bareAccess(minor, source);
  const owned = present === undefined ? new Map<string, never[]>() : ownBindings(present, minor);
  const byUser = Map.groupBy(usage.identities, ({ identity }) => identity.user);
  const wanted = users.length > 0 ? users : [...byUser.keys()].toSorted();
  const subjects: SubjectResult<S>[] = [];
  const masters: string[] = [];
  let nodes = 0;
  let byDefaultsOnly = 0;
  for (const user of new Set(wanted)) {
    const uses = byUser.get(user) ?? [];
    if (isAll(uses, ({ identity }) => nodeIdentity(identity) !== undefined)) {
      nodes++;
      continue;
    }
    if (isAll(uses, ({ identity }) => identity.groups.includes(MASTERS_GROUP))) {
      masters.push(user);
      continue;
    }
    const ordinary = uses.filter(({ identity }) => !identity.groups.includes(MASTERS_GROUP));
    const own = owned.get(user) ?? [];
    const result = minimizeSubject(user, ordinary, present, base, own, { ...options, source });
    const isIdle = own.length === 0 && result.objects.length === 0 && result.needs.noLonger.length === 0;
    if (isIdle && users.length === 0) byDefaultsOnly++;
    else subjects.push(result);
  }
  const absent = users.length > 0 ? [] : [...owned.keys()].filter((user) => !byUser.has(user)).toSorted();
  const isWhole = (options.evidence ?? "whole") === "whole";
  const [unseen, unjudged] = isWhole ? [absent, []] : [[], absent];
  return { subjects, nodes, masters, byDefaultsOnly, unseen, unjudged };
}

/** Manifests do not hold what every API server brings by itself; what they do hold of it stays as they have it. */
export function withDefaults<S>(access: Access<S>, minor: KubernetesMinor, source: S): Access<S> {
  const { rbac } = access.state;
  const missing = [...defaultRoles(minor), ...defaultBindings(minor)].filter(({ kind, metadata }) => {
    const [namespace, name] = [metadata?.namespace ?? "", metadata?.name ?? ""];
    const key = keyOf(namespace, name);
    return kind === "Role" || kind === "ClusterRole"
      ? rbac.roles.get(key) === undefined
      : rbac.scopes.get(namespace)?.bindings.has(key) !== true;
  });
  return access.with(missing.map((object) => ({ kind: "set", object, source })));
}

/** What a cluster grants before anybody grants anything. */
export function bareAccess<S>(minor: KubernetesMinor, source: S): Access<S> {
  const objects = [...defaultRoles(minor), ...defaultBindings(minor)];
  return createAccess(
    objects.map((object) => ({ object, source })),
    { minor },
  );
}

function isAll(uses: readonly IdentityUse[], test: (use: IdentityUse) => boolean): boolean {
  return uses.length > 0 && uses.every(test);
}
