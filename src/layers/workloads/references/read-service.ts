// Services: what they select and the ports they map (k8s.io/api/core/v1/types.go ServiceSpec).

import { service } from "../../../kubernetes/network.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";

export const readService: ReadFacts = (object) => {
  const narrowed = narrow(service, object);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const spec = narrowed.value.spec ?? {};
  const ports = (spec.ports ?? []).map((port, index) => {
    const number = port?.port ?? 0;
    const target = port?.targetPort;
    const hasTarget = target != null && target !== 0 && target !== "";
    const protocol = port?.protocol || "TCP";
    return { index, name: port?.name ?? "", number, protocol, target: hasTarget ? target : number, hasTarget };
  });
  return {
    detail: {
      role: "service",
      type: spec.type || "ClusterIP",
      selector: spec.selector,
      isHeadless: spec.clusterIP === "None" || spec.clusterIPs?.[0] === "None",
      ports,
    },
  };
};
