// Authorizers that are not modelled: where the input shows that the API server asks one, the answers are what Node and
// RBAC say, and it may differ (k/k pkg/kubeapiserver/options/authorization.go; AuthorizationConfiguration, KEP-3221).

import { groupOf, type KubernetesObject } from "../../kubernetes/object.ts";
import type { Path } from "../../kubernetes/path.ts";
import { array, narrow, object, string } from "../../kubernetes/shape.ts";

export interface OtherAuthorizer {
  /** `Webhook`, `ABAC`, `AlwaysAllow`, or `AuthorizationConfiguration` for a file that is not in the input. */
  readonly name: string;
  /** Where the object says so. */
  readonly path: Path;
}

const MODELLED: ReadonlySet<string> = new Set(["Node", "RBAC"]);

const configurationShape = object({ authorizers: array(object({ type: string })) });
const podShape = object({
  spec: object({ containers: array(object({ name: string, command: array(string), args: array(string) })) }),
});

/** The authorizers beside Node and RBAC that an object names: an AuthorizationConfiguration, or the API server's Pod. */
export function otherAuthorizersOf(value: KubernetesObject): readonly OtherAuthorizer[] {
  if (value.kind === "AuthorizationConfiguration" && groupOf(value.apiVersion) === "apiserver.config.k8s.io")
    return configured(value);
  if (value.kind === "Pod" && value.apiVersion === "v1" && value.metadata?.namespace === "kube-system")
    return started(value);
  return [];
}

function configured(value: KubernetesObject): readonly OtherAuthorizer[] {
  const narrowed = narrow(configurationShape, value);
  if (!narrowed.ok) return [];
  return (narrowed.value.authorizers ?? []).flatMap((authorizer, index) => {
    const name = authorizer?.type ?? "";
    return name === "" || MODELLED.has(name) ? [] : [{ name, path: ["authorizers", index, "type"] }];
  });
}

function started(value: KubernetesObject): readonly OtherAuthorizer[] {
  const narrowed = narrow(podShape, value);
  if (!narrowed.ok) return [];
  const found: OtherAuthorizer[] = [];
  for (const [index, container] of (narrowed.value.spec?.containers ?? []).entries()) {
    if (container?.name !== "kube-apiserver") continue;
    for (const field of ["command", "args"] as const) {
      for (const [at, word] of (container[field] ?? []).entries()) {
        const path = ["spec", "containers", index, field, at];
        for (const name of namedBy(word ?? "")) found.push({ name, path });
      }
    }
  }
  return found;
}

function namedBy(word: string): readonly string[] {
  if (word.startsWith("--authorization-config=")) return ["AuthorizationConfiguration"];
  const modes = /^--authorization-mode=(.*)$/.exec(word)?.[1];
  return modes === undefined ? [] : modes.split(",").filter((mode) => mode !== "" && !MODELLED.has(mode));
}
