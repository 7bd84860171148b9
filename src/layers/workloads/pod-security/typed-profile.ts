// Seccomp and AppArmor profiles are alike: a type, of which RuntimeDefault and Localhost are accepted. An object without
// a type, or with one nobody knows, is refused.

import type { SecurityContext } from "../../../kubernetes/pod.ts";
import { containerOffenders, podOffender, type Offender } from "./offender.ts";
import { containersWhere, type PodView } from "./pod-view.ts";

export type ProfileField = "seccompProfile" | "appArmorProfile";
type Context = Pick<SecurityContext, ProfileField> | null | undefined;
type Profile = SecurityContext[ProfileField];

/** Who sets a refused profile. */
export interface RefusedProfiles {
  readonly pod: boolean;
  readonly containers: string | undefined;
}

const isRefused = (profile: Profile): boolean =>
  profile != null && profile.type !== "RuntimeDefault" && profile.type !== "Localhost";

const refusesSeccomp = (context: Context): boolean => isRefused(context?.seccompProfile);
const refusesAppArmor = (context: Context): boolean => isRefused(context?.appArmorProfile);

function refuses(field: ProfileField): (context: Context) => boolean {
  return field === "seccompProfile" ? refusesSeccomp : refusesAppArmor;
}

/** The pod and the containers that set a refused profile, or `undefined` when none does. */
export function refusedProfiles(pod: PodView, field: ProfileField): RefusedProfiles | undefined {
  const podRefused = refuses(field)(pod.securityContext);
  const containers = containersWhere(pod, refuses(field));
  return podRefused || containers !== undefined ? { pod: podRefused, containers } : undefined;
}

/** The refused types, pod first, with repetitions; an absent type reads as the empty string. */
export function refusedTypes(pod: PodView, field: ProfileField): string[] {
  const contexts: readonly Context[] = [pod.securityContext, ...pod.contexts];
  return contexts.filter(refuses(field)).map((context) => context?.[field]?.type ?? "");
}

/** Each refused type, of the pod and of its containers. */
export function locateRefusedProfiles(pod: PodView, field: ProfileField): Offender[] {
  const path = ["securityContext", field, "type"];
  return [
    ...(refuses(field)(pod.securityContext) ? [podOffender(pod, ["spec", ...path])] : []),
    ...containerOffenders(pod, path, (view) => refuses(field)(view.container.securityContext)),
  ];
}
