// The capabilities containers add: what both capability checks list and point at.

import { containersOf } from "../../../kubernetes/containers.ts";
import { containerOffender, type Offender } from "./offender.ts";
import type { PodView } from "./pod-view.ts";

type IsForbidden = (capability: string | null) => boolean;

/** Every forbidden capability that some container adds, as often as it is added; null reads as the empty string. */
export function addedCapabilities(pod: PodView, isForbidden: IsForbidden): string[] {
  return pod.contexts.flatMap((context) =>
    (context?.capabilities?.add ?? []).filter(isForbidden).map((capability) => capability ?? ""),
  );
}

/** One offender for each element of `capabilities.add` that is forbidden. */
export function locateAddedCapabilities(pod: PodView, isForbidden: IsForbidden): Offender[] {
  return containersOf(pod.spec).flatMap((view) =>
    (view.container.securityContext?.capabilities?.add ?? []).flatMap((capability, index) =>
      isForbidden(capability) ? [containerOffender(view, ["securityContext", "capabilities", "add", index])] : [],
    ),
  );
}
