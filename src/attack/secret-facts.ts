// Secrets as far as they are known without reading one: declared in files, named by pods, or tokens of old accounts.

import type { Resource } from "../cluster/resource.ts";
import { secretNames, type AccountFacts } from "./account-facts.ts";
import type { Located } from "./fact.ts";
import type { PodFacts } from "./pod-facts.ts";

export interface SecretFacts {
  readonly namespace: string;
  readonly name: string;
  /** The account whose token it holds. */
  readonly tokenOf: string | undefined;
  readonly resource: Located | undefined;
}

const TOKEN_TYPE = "kubernetes.io/service-account-token";
const ACCOUNT = "kubernetes.io/service-account.name";

/** Of Secrets by namespace and name: whether anything follows from having it, as from a token. Linear. */
export function leadingSecrets(resources: readonly Resource[]): (namespace: string, name: string) => boolean {
  const leading = new Set<string>();
  for (const { id, object } of resources) {
    if (id.group !== "") continue;
    if (id.kind === "Secret" && tokenOwner(object) !== undefined) leading.add(`${id.namespace}/${id.name}`);
    if (id.kind === "ServiceAccount") for (const name of secretNames(object)) leading.add(`${id.namespace}/${name}`);
  }
  return (namespace, name) => leading.has(`${namespace}/${name}`);
}

function tokenOwner(object: Resource["object"]): string | undefined {
  const account = object.metadata?.annotations?.[ACCOUNT];
  return object["type"] === TOKEN_TYPE && account ? account : undefined;
}

/** Linear. Contents are never looked at: type and annotation say whose token it is. */
export function secretsOf(
  resources: readonly Resource[],
  pods: readonly PodFacts[],
  accounts: readonly AccountFacts[],
  isShown: (namespace: string, name: string) => boolean,
): readonly SecretFacts[] {
  const found = new Map<string, SecretFacts>();
  const add = (secret: SecretFacts): void => {
    const key = `${secret.namespace}/${secret.name}`;
    if (!found.has(key) && isShown(secret.namespace, secret.name)) found.set(key, secret);
  };
  for (const { id, object, locate } of resources) {
    if (id.group !== "" || id.kind !== "Secret") continue;
    add({ namespace: id.namespace, name: id.name, tokenOf: tokenOwner(object), resource: { id, locate } });
  }
  for (const { namespace, name, secrets, resource } of accounts)
    for (const secret of secrets)
      if (secret.startsWith(`${name}-token-`)) add({ namespace, name: secret, tokenOf: name, resource });
  for (const { namespace, secrets, resource } of pods)
    for (const { name } of secrets) add({ namespace, name, tokenOf: undefined, resource });
  return [...found.values()];
}
