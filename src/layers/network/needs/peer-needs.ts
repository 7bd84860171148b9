// Members of one set that talk with each other: a StatefulSet whose Service also lists members that are not ready yet
// does so for them to find each other (publishNotReadyAddresses in k8s.io/api/core/v1/types.go).

import type { Path } from "../../../kubernetes/path.ts";
import type { NeedPort } from "../generate/need.ts";
import type { ServiceView } from "../services.ts";
import { workloadEnd, type NeedNotes } from "./need-notes.ts";
import { throughOf } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";

export function notePeerNeeds({ network, workloadOf, specOf }: Surroundings, notes: NeedNotes): void {
  for (const view of network.services().all) {
    const path = membersPath(view);
    if (path === undefined) continue;
    for (const port of view.ports) {
      for (const { pod, port: number } of port.targets) {
        const id = workloadOf(pod);
        if (id === undefined || specOf(id)?.workload.kind !== "StatefulSet" || isForOutside(view)) continue;
        const needed: NeedPort = { kind: "number", protocol: port.protocol, port: number };
        const place = { kind: "peers" as const, resource: view.resource, path };
        notes.need(workloadEnd(id), workloadEnd(id), needed, place, throughOf(view, port.port));
      }
    }
  }
}

const FORMER = "service.alpha.kubernetes.io/tolerate-unready-endpoints";

/** Where the Service says that it lists members which are not ready. */
function membersPath({ spec, resource }: ServiceView): Path | undefined {
  if (spec.publishNotReadyAddresses === true) return ["spec", "publishNotReadyAddresses"];
  const isSaid = resource.object.metadata?.annotations?.[FORMER] === "true";
  return isSaid ? ["metadata", "annotations", FORMER] : undefined;
}

function isForOutside({ type }: ServiceView): boolean {
  return type === "LoadBalancer" || type === "NodePort" || type === "ExternalName";
}
