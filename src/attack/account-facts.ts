// The service accounts of a cluster: declared, used by pods, or only named by bindings.

import type { Resource } from "../cluster/resource.ts";
import { valueAt } from "../kubernetes/path.ts";
import { serviceAccountOf } from "../layers/access/identity.ts";
import type { Located } from "./fact.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { BoundSubject } from "./bound-subject.ts";

export interface AccountFacts {
  readonly namespace: string;
  readonly name: string;
  readonly user: string;
  /** False only where the input shows that it is not there: whoever creates it gets its bindings. */
  readonly exists: boolean;
  readonly automount: boolean | undefined;
  /** Of its object, where the input has it. */
  readonly resource: Located | undefined;
  /** Names in `secrets`, as old clusters fill it with token Secrets. */
  readonly secrets: readonly string[];
}

interface AccountsInput {
  readonly resources: readonly Resource[];
  readonly pods: readonly PodFacts[];
  readonly bound: readonly BoundSubject[];
  readonly isComplete: boolean;
}

/** Linear. Every namespace with a pod has its `default` account. */
export function accountsOf({ resources, pods, bound, isComplete }: AccountsInput): readonly AccountFacts[] {
  const found = new Map<string, AccountFacts>();
  const described = new Set<string>();
  const add = (account: Omit<AccountFacts, "user">): void => {
    const key = `${account.namespace}/${account.name}`;
    if (found.has(key)) return;
    found.set(key, { ...account, user: `system:serviceaccount:${account.namespace}:${account.name}` });
  };
  const mention = (namespace: string, name: string, exists: boolean): void =>
    add({ namespace, name, exists, automount: undefined, resource: undefined, secrets: [] });
  for (const resource of resources) {
    const { id, object } = resource;
    if (id.group === "" && id.kind === "Namespace") mention(id.name, "default", true);
    if (id.group !== "" || id.kind !== "ServiceAccount") continue;
    described.add(id.namespace);
    const automount = object["automountServiceAccountToken"];
    found.delete(`${id.namespace}/${id.name}`);
    add({
      namespace: id.namespace,
      name: id.name,
      exists: true,
      automount: typeof automount === "boolean" ? automount : undefined,
      resource: { id, locate: resource.locate },
      secrets: secretNames(object),
    });
  }
  for (const pod of pods) {
    mention(pod.namespace, "default", true);
    mention(pod.namespace, pod.account, true);
  }
  for (const { holder } of bound) {
    const account = holder.kind === "user" ? serviceAccountOf(holder.name) : undefined;
    if (account === undefined) continue;
    // Files seldom hold everything: only a namespace whose accounts they describe says that one is missing. Of a namespace
    // that is there, `default` is known already.
    const isDescribed = account.name !== "default" && described.has(account.namespace);
    mention(account.namespace, account.name, !isComplete && !isDescribed);
  }
  return [...found.values()];
}

/** Names in `secrets` of a ServiceAccount. */
export function secretNames(object: Resource["object"]): readonly string[] {
  const list = object["secrets"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const name = valueAt(entry, ["name"]);
    return typeof name === "string" ? [name] : [];
  });
}
