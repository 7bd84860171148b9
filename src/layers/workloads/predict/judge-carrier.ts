// What the three modes of a policy would say about a carrier and its pods.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { PodSecurityConfiguration, PodSecurityPolicy } from "../pod-security/admission/admission.ts";
import type { Violation } from "../pod-security/pod-security.ts";
import { podsOf, seenOf, type Carrier } from "./carrier.ts";
import { violationsOn } from "./cluster-policy.ts";

export type Exemption = "namespace" | "runtimeClass";

/** `rejected`: its pods would be refused. `warned`: whoever applies it is told. `audited`: only the audit log says so. */
export type Effect = "rejected" | "warned" | "audited" | "unaffected" | "exempt";

export interface Judgement {
  readonly carrier: Carrier;
  readonly effect: Effect;
  readonly exemption: Exemption | undefined;
  /** Of its pods. */
  readonly enforce: readonly Violation[];
  /** Of the object itself, or of its pods where admission cannot see its template. */
  readonly audit: readonly Violation[];
  readonly warn: readonly Violation[];
}

/** A policy on a cluster, with what the cluster exempts. */
export interface Setting {
  readonly policy: PodSecurityPolicy;
  readonly configuration: PodSecurityConfiguration;
  readonly minor: KubernetesMinor;
}

/** Exact for one policy and minor; linear in the size of the templates. */
export function judgeCarrier(carrier: Carrier, { policy, configuration, minor }: Setting): Judgement {
  const exemption = exemptionOf(carrier, configuration);
  if (exemption !== undefined) return { carrier, effect: "exempt", exemption, enforce: [], audit: [], warn: [] };
  const pods = podsOf(carrier, minor);
  const seen = carrier.isSeen ? seenOf(carrier, minor) : pods;
  const enforce = violationsOn(pods, policy.enforce, minor);
  const audit = violationsOn(seen, policy.audit, minor);
  const warn = violationsOn(seen, policy.warn, minor);
  const effect = effectOf(enforce, audit, warn);
  return { carrier, effect, exemption, enforce, audit, warn };
}

function effectOf(
  enforce: readonly Violation[],
  audit: readonly Violation[],
  warn: readonly Violation[],
): Exclude<Effect, "exempt"> {
  if (enforce.length > 0) return "rejected";
  if (warn.length > 0) return "warned";
  return audit.length > 0 ? "audited" : "unaffected";
}

/** Exempt users are left out: a user's exemption does not follow the object, since controllers make the pods. */
export function exemptionOf(
  { id, templates }: Carrier,
  { exemptions }: PodSecurityConfiguration,
): Exemption | undefined {
  if (exemptions.namespaces.includes(id.namespace)) return "namespace";
  const isExempt = templates.every(({ spec }) => exemptions.runtimeClasses.includes(spec?.runtimeClassName ?? ""));
  return isExempt && exemptions.runtimeClasses.length > 0 ? "runtimeClass" : undefined;
}
