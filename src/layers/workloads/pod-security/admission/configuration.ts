// What the cluster's administrator configures for Pod Security admission
// (pod-security-admission/admission/api/types.go PodSecurityConfiguration).

import type { KubernetesMinor } from "../../../../kubernetes/kubernetes-version.ts";
import type { PodSecurityPolicy } from "./policy.ts";
import type { AdmissionRequest } from "./request.ts";

/** Who is not bound by any mode. Names match exactly. */
export interface Exemptions {
  readonly usernames: readonly string[];
  readonly namespaces: readonly string[];
  readonly runtimeClasses: readonly string[];
}

export interface PodSecurityConfiguration {
  /** What holds in a namespace for the labels it does not have. */
  readonly defaults: PodSecurityPolicy;
  readonly exemptions: Exemptions;
  /** The cluster's minor, which is what `latest` means there; absent: the newest known. */
  readonly minor?: KubernetesMinor;
}

/** Whether a name is in a list of exemptions; the empty name never is. */
export function isExempt(names: readonly string[], name: string | null | undefined): boolean {
  return name != null && name !== "" && names.includes(name);
}

/** Why nothing in a request is evaluated, whatever it carries; the namespace counts before the user. */
export function exemptionOf(
  { exemptions }: PodSecurityConfiguration,
  { namespace, username }: Pick<AdmissionRequest, "namespace" | "username">,
): "namespace" | "user" | undefined {
  if (isExempt(exemptions.namespaces, namespace)) return "namespace";
  return isExempt(exemptions.usernames, username) ? "user" : undefined;
}
