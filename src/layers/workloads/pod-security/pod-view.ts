// A pod as the checks read it: each container's security context looked up once, not once per check.

import { containersIn } from "../../../kubernetes/containers.ts";
import type { ObjectMeta } from "../../../kubernetes/object.ts";
import type { Container, PodSecurityContext, PodSpec, PodTemplate, SecurityContext } from "../../../kubernetes/pod.ts";
import { namedContainers } from "./wording.ts";

type Maybe<T> = T | null | undefined;

export interface PodView {
  readonly metadata: Maybe<ObjectMeta>;
  readonly spec: PodSpec;
  readonly securityContext: Maybe<PodSecurityContext>;
  /** Init, then regular, then ephemeral: the order in which messages name them. */
  readonly containers: readonly Maybe<Container>[];
  /** The security context of the container at the same index. */
  readonly contexts: readonly Maybe<SecurityContext>[];
  /** All containers as messages name them, once asked for: most violations are of every container. */
  allNamed: string | undefined;
}

const NO_FIELDS: PodSpec = {};

/** Linear in the number of containers; copies no field. */
export function viewPod(pod: PodTemplate): PodView {
  const spec = pod.spec ?? NO_FIELDS;
  const containers = containersIn(spec);
  const contexts = containers.map((container) => container?.securityContext);
  return {
    metadata: pod.metadata,
    spec,
    securityContext: spec.securityContext,
    containers,
    contexts,
    allNamed: undefined,
  };
}

/** The containers whose security context is refused, as messages name them; `undefined` when there are none. */
export function containersWhere(
  pod: PodView,
  isRefused: (context: Maybe<SecurityContext>) => boolean,
): string | undefined {
  const contexts = pod.contexts;
  let refused = 0;
  for (let index = 0; index < contexts.length; index++) {
    if (isRefused(contexts[index])) refused++;
  }
  if (refused === 0) return undefined;
  if (refused < contexts.length) return namedContainers(containerNames(pod, (index) => isRefused(contexts[index])));
  return (pod.allNamed ??= namedContainers(containerNames(pod, () => true)));
}

/** The names of the containers at the indexes that `isWanted` picks; a container without a name has the empty one. */
export function containerNames(pod: PodView, isWanted: (index: number) => boolean): string[] {
  const names: string[] = [];
  for (let index = 0; index < pod.containers.length; index++) {
    if (isWanted(index)) names.push(pod.containers[index]?.name ?? "");
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
