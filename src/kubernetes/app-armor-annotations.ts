// What the API server makes of the beta AppArmor annotations of a Pod before admission sees it: it copies them into the
// fields (kubernetes/pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew, since v1.30). Only `unconfined` changes
// what admission says, so only that is copied. Templates of controllers keep their annotations as they are.

import type { KubernetesMinor } from "./kubernetes-version.ts";
import type { Container, PodTemplate } from "./pod.ts";

/** `container.apparmor.security.beta.kubernetes.io/<container>` */
export const APP_ARMOR_ANNOTATION_PREFIX = "container.apparmor.security.beta.kubernetes.io/";

/** The first minor whose pods have AppArmor fields. */
const FIELDS_SINCE: KubernetesMinor = 30;

type Containers = readonly (Container | null)[] | null | undefined;

/**
 * The Pod with an unconfined `appArmorProfile` in each container that only an annotation makes so. Changes nothing in
 * place; a Pod without such an annotation is returned as it is. Without a `minor` the newest known holds.
 */
export function withAppArmorFields<T extends PodTemplate>(pod: T, minor: KubernetesMinor = FIELDS_SINCE): T {
  const { metadata, spec } = pod;
  if (spec == null || minor < FIELDS_SINCE || spec.os?.name === "windows") return pod;
  if (spec.securityContext?.appArmorProfile?.type === "Unconfined") return pod;
  const names = unconfinedContainers(metadata?.annotations ?? {});
  if (names.size === 0) return pod;
  const changed: Record<string, Containers> = {};
  for (const list of ["initContainers", "containers", "ephemeralContainers"] as const) {
    if (spec[list] != null) changed[list] = spec[list].map((container) => unconfine(container, names));
  }
  return { ...pod, spec: { ...spec, ...changed } };
}

function unconfinedContainers(annotations: { readonly [key: string]: string | null }): ReadonlySet<string> {
  const keys = Object.keys(annotations).filter((key) => annotations[key] === "unconfined");
  const ours = keys.filter((key) => key.startsWith(APP_ARMOR_ANNOTATION_PREFIX));
  return new Set(ours.map((key) => key.slice(APP_ARMOR_ANNOTATION_PREFIX.length)));
}

function unconfine(container: Container | null, names: ReadonlySet<string>): Container | null {
  if (container === null || !names.has(container.name ?? "")) return container;
  if (container.securityContext?.appArmorProfile != null) return container;
  return { ...container, securityContext: { ...container.securityContext, appArmorProfile: { type: "Unconfined" } } };
}
