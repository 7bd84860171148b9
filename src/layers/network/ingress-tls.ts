// Hosts of Ingresses and the certificates given for them.

import type { Resource } from "../../cluster/resource.ts";
import { array, narrow, object, string } from "../../kubernetes/shape.ts";
import type { NetworkFault } from "./network-rule.ts";
import type { NetworkView } from "./network-view.ts";

const shape = object({
  spec: object({ tls: array(object({ hosts: array(string) })), rules: array(object({ host: string })) }),
});

export interface JudgedIngress {
  readonly resource: Resource;
  /** As the engine keeps it. */
  readonly whole: Resource;
}

export function ingresses({ network, originalOf }: NetworkView): readonly JudgedIngress[] {
  return network.world.inventory.exposures
    .filter(({ id }) => id.kind === "Ingress")
    .map((whole) => ({ resource: originalOf(whole), whole }));
}

/** A certificate that the cloud's load balancer has. */
const CERTIFICATE_ANNOTATIONS = [
  "alb.ingress.kubernetes.io/certificate-arn",
  "ingress.gcp.kubernetes.io/pre-shared-cert",
  "networking.gke.io/managed-certificates",
  "networking.gke.io/certmap",
  "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
] as const;

/** Hosts without a certificate; a rule without host is for every host. */
export function* plainHosts({ whole }: JudgedIngress): Generator<NetworkFault> {
  const narrowed = narrow(shape, whole.object);
  const annotations = whole.object.metadata?.annotations ?? {};
  if (!narrowed.ok || CERTIFICATE_ANNOTATIONS.some((name) => annotations[name])) return;
  const { tls, rules } = narrowed.value.spec ?? {};
  const entries = tls ?? [];
  const covered = entries.flatMap((entry) => entry?.hosts ?? []).filter((host) => host != null);
  if (entries.some((entry) => (entry?.hosts ?? []).length === 0)) return;
  const hosts = rules == null || rules.length === 0 ? [""] : rules.map((rule) => rule?.host ?? "");
  for (const host of new Set(hosts)) {
    if (host === "" ? entries.length > 0 : covered.some((one) => isCovered(host, one))) continue;
    const evidence =
      entries.length === 0
        ? { path: ["spec", "tls"], absent: true as const }
        : { path: ["spec", "rules", hosts.indexOf(host), "host"], value: host };
    yield { key: host || "*", arguments: { host: host || "*" }, evidence: [evidence] };
  }
}

/** A wildcard stands for one label. */
function isCovered(host: string, certificate: string): boolean {
  if (!certificate.startsWith("*.")) return host === certificate;
  const dot = host.indexOf(".");
  return host === certificate || (dot > 0 && host.slice(dot) === certificate.slice(1));
}
