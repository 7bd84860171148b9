// A pod as the checks read it: each container's security context looked up once, not once per check.

import { containersIn } from "../../../kubernetes/containers.ts";
import type { ObjectMeta } from "../../../kubernetes/object.ts";
import type { Container, PodSecurityContext, PodSpec, PodTemplate, SecurityContext } from "../../../kubernetes/pod.ts";

type Maybe<T> = T | null | undefined;

export interface PodView {
  readonly metadata: Maybe<ObjectMeta>;
  readonly spec: PodSpec;
  readonly securityContext: Maybe<PodSecurityContext>;
  /** Init, then regular, then ephemeral: the order in which messages name them. */
  readonly containers: readonly Maybe<Container>[];
  /** The security context of the container at the same index. */
  readonly contexts: readonly Maybe<SecurityContext>[];
}

const NO_FIELDS: PodSpec = {};

/** Linear in the number of containers; copies no field. */
export function viewPod(pod: PodTemplate): PodView {
  const spec = pod.spec ?? NO_FIELDS;
  const containers = containersIn(spec);
  const contexts: Maybe<SecurityContext>[] = [];
  for (const container of containers) contexts.push(container?.securityContext);
  return { metadata: pod.metadata, spec, securityContext: spec.securityContext, containers, contexts };
}

/** The name of the container at `index`; the empty string when it has none. */
export function containerName(pod: PodView, index: number): string {
  return pod.containers[index]?.name ?? "";
}

/** Names of the containers whose security context is refused, or `undefined` when there are none. */
export function containersWhere(
  pod: PodView,
  isRefused: (context: Maybe<SecurityContext>) => boolean,
): string[] | undefined {
  let names: string[] | undefined;
  for (let index = 0; index < pod.contexts.length; index++) {
    if (isRefused(pod.contexts[index])) (names ??= []).push(containerName(pod, index));
  }
  return names;
}

/** `spec.os.name` is windows: since v1.25, checks of Linux-only fields let such pods pass. */
export function isWindowsPod(pod: PodView): boolean {
  return pod.spec.os?.name === "windows";
}

/** `spec.hostUsers` is explicitly false (KEP-127): since v1.35, checks about root inside the pod let it pass. */
export function hasUserNamespace(pod: PodView): boolean {
  return pod.spec.hostUsers === false;
}
