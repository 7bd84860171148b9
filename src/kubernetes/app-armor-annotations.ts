// How the API server brings the beta AppArmor annotations and the fields of a Pod together before admission sees it
// (kubernetes/pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew): annotations become fields since v1.30, and up to
// v1.33 fields become annotations. Only `unconfined` changes what admission says, so only that is copied. Templates of
// controllers, and Windows pods, stay as they are.

import { containersIn } from "./containers.ts";
import { NEWEST_KNOWN_MINOR, type KubernetesMinor } from "./kubernetes-version.ts";
import type { Container, PodSpec, PodTemplate } from "./pod.ts";

const KEY_PREFIX = "container.apparmor.security.beta.kubernetes.io/";
const FIELDS_SINCE: KubernetesMinor = 30;
const LAST_TO_WRITE_ANNOTATIONS: KubernetesMinor = 33;

type Annotations = { readonly [key: string]: string | null };
type Containers = readonly (Container | null)[];

/**
 * The Pod with its AppArmor annotations and fields brought together, as it is created on a server of this minor. Changes
 * nothing in place; a Pod that stays the same is returned. Linear in the number of containers and annotations.
 */
export function syncAppArmor<T extends PodTemplate>(pod: T, minor: KubernetesMinor = NEWEST_KNOWN_MINOR): T {
  const { metadata, spec } = pod;
  if (spec == null || minor < FIELDS_SINCE || spec.os?.name === "windows") return pod;
  const annotations = metadata?.annotations ?? {};
  const fresh = minor <= LAST_TO_WRITE_ANNOTATIONS ? annotationsFromFields(spec, annotations) : [];
  const names = unconfinedByAnnotation(spec, annotations);
  if (fresh.length === 0 && names.size === 0) return pod;
  const added = Object.fromEntries(fresh.map((key) => [key, "unconfined"]));
  return {
    ...pod,
    ...(fresh.length === 0 ? {} : { metadata: { ...metadata, annotations: { ...annotations, ...added } } }),
    ...(names.size === 0 ? {} : { spec: unconfine(spec, names) }),
  };
}

const keyOf = (container: Container | null): string => KEY_PREFIX + (container?.name ?? "");

/** Keys of the annotations that unconfined containers lack. */
function annotationsFromFields(spec: PodSpec, annotations: Annotations): readonly string[] {
  const ofPod = spec.securityContext?.appArmorProfile;
  return containersIn(spec)
    .filter((container) => (container?.securityContext?.appArmorProfile ?? ofPod)?.type === "Unconfined")
    .map(keyOf)
    .filter((key) => !Object.hasOwn(annotations, key));
}

/** Names of the containers that only an annotation makes unconfined. */
function unconfinedByAnnotation(spec: PodSpec, annotations: Annotations): ReadonlySet<string> {
  if (spec.securityContext?.appArmorProfile?.type === "Unconfined") return new Set();
  const lacking = containersIn(spec).filter(
    (container) =>
      container?.securityContext?.appArmorProfile == null && annotations[keyOf(container)] === "unconfined",
  );
  return new Set(lacking.map((container) => container?.name ?? ""));
}

function unconfine(spec: PodSpec, names: ReadonlySet<string>): PodSpec {
  const change = (container: Container | null): Container | null =>
    names.has(container?.name ?? "")
      ? { ...container, securityContext: { ...container?.securityContext, appArmorProfile: { type: "Unconfined" } } }
      : container;
  const changed: Record<string, Containers> = {};
  for (const list of ["initContainers", "containers", "ephemeralContainers"] as const) {
    if (spec[list] != null) changed[list] = spec[list].map(change);
  }
  return { ...spec, ...changed };
}
