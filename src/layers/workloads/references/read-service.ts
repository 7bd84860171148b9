// Services: what they select and the ports they map (k8s.io/api/core/v1/types.go ServiceSpec).

import { service } from "../../../kubernetes/network.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import { isObjectName, SECRET } from "./reference.ts";
import type { ReadFacts } from "./object-facts.ts";

/** OpenShift makes a certificate for the Service and puts it into a Secret of this name. */
const CERTIFICATE = [
  "service.beta.openshift.io/serving-cert-secret-name",
  "service.alpha.openshift.io/serving-cert-secret-name",
];

export const readService: ReadFacts = (object, id) => {
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
  const certificate = CERTIFICATE.map((name) => object.metadata?.annotations?.[name]).find(isObjectName);
  return {
    ...(certificate !== undefined && {
      makes: [{ target: SECRET, namespace: id.namespace, name: certificate, keys: ["tls.crt", "tls.key"] }],
    }),
    detail: {
      role: "service",
      type: spec.type || "ClusterIP",
      selector: spec.selector,
      isHeadless: spec.clusterIP === "None" || spec.clusterIPs?.[0] === "None",
      ports,
    },
  };
};
