// What a subject has by bindings that name it, and what would remain without them: what its groups have, and what every
// API server brings by itself and would bring back.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { RBAC_API_VERSION } from "../../../kubernetes/rbac.ts";
import type { Access } from "../access-engine.ts";
import type { AccessChange } from "../access-state.ts";
import { recogniseBinding } from "../bootstrap.ts";
import { roleOf } from "../rbac-authorizer.ts";
import type { BindingRecord, RoleRecord } from "../rbac-record.ts";
import type { Subject } from "../subject.ts";
import { whoIsMeant } from "../subject.ts";

export interface OwnBinding<S> {
  readonly binding: BindingRecord<S>;
  /** `undefined` where it does not exist. */
  readonly role: RoleRecord<S> | undefined;
  /** The subjects that stay; empty when the binding names nobody else. */
  readonly others: readonly Subject[];
}

/** Bindings that name each user, by user name, the API server's own left out. Linear in the bindings. */
export function ownBindings<S>(
  access: Access<S>,
  minor: KubernetesMinor,
): ReadonlyMap<string, readonly OwnBinding<S>[]> {
  const byUser = new Map<string, OwnBinding<S>[]>();
  const { rbac } = access.state;
  for (const { namespace, bindings } of rbac.scopes.values()) {
    for (const binding of bindings.values()) {
      const users = new Set(
        binding.subjects.flatMap((subject) => {
          const meant = whoIsMeant(subject, namespace);
          return meant?.kind === "user" ? [meant.name] : [];
        }),
      );
      if (users.size === 0 || recogniseBinding(binding, minor).kind === "default") continue;
      for (const user of users) {
        const own = { binding, role: roleOf(rbac, binding), others: othersThan(user, binding, namespace) };
        const known = byUser.get(user);
        if (known === undefined) byUser.set(user, [own]);
        else known.push(own);
      }
    }
  }
  return byUser;
}

function othersThan<S>(user: string, { subjects }: BindingRecord<S>, namespace: string): readonly Subject[] {
  return subjects.filter((subject) => {
    const meant = whoIsMeant(subject, namespace);
    return meant?.kind !== "user" || meant.name !== user;
  });
}

/** The engine without the subject in its own bindings. */
export function withoutOwn<S>(access: Access<S>, own: readonly OwnBinding<S>[]): Access<S> {
  return access.with(own.map(({ binding, others }) => removal(binding, others)));
}

function removal<S>(binding: BindingRecord<S>, others: readonly Subject[]): AccessChange<S> {
  const { source } = binding.resource;
  if (others.length > 0) return { kind: "set", object: bindingObject(binding, others), source };
  const { kind, name, namespace } = binding.resource;
  return { kind: "delete", identity: { apiVersion: RBAC_API_VERSION, kind, name, namespace }, source };
}

/** The binding as it would be written with these subjects. */
export function bindingObject<S>(
  { resource, roleRef }: BindingRecord<S>,
  subjects: readonly Subject[],
): KubernetesObject {
  const { kind, name, namespace } = resource;
  const metadata = { name, ...(namespace === "" ? {} : { namespace }) };
  return {
    apiVersion: RBAC_API_VERSION,
    kind,
    metadata,
    roleRef,
    subjects: subjects.map((subject) =>
      Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== "")),
    ),
  };
}
