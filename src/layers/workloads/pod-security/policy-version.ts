// Policy versions as namespace labels write them: `latest` or `v1.N` (pod-security-admission/api/helpers.go).

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";

/** `latest`, or the minor of `v1.N`. A minor above the newest known is kept, and evaluates as the newest known. */
export type PolicyVersion = "latest" | KubernetesMinor;

/** The newest minor whose checks are known. */
export const NEWEST_POLICY_MINOR: KubernetesMinor = 37;

const MINOR = /^v1\.(0|[1-9][0-9]*)$/;
const LARGEST_MINOR = 2n ** 63n - 1n; // strconv.Atoi refuses more

/** Reads `latest` or `v1.N`; `undefined` when the text is neither. */
export function parsePolicyVersion(text: string): PolicyVersion | undefined {
  if (text === "latest") return "latest";
  const digits = MINOR.exec(text)?.[1];
  if (digits === undefined || BigInt(digits) > LARGEST_MINOR) return undefined;
  return Number(digits);
}

/** `latest` or `v1.N`. */
export function formatPolicyVersion(version: PolicyVersion): string {
  return version === "latest" ? "latest" : `v1.${version}`;
}

/**
 * The minor whose checks apply on a cluster of the minor `newest`: `latest` and minors above it are clamped to it, and it
 * to {@link NEWEST_POLICY_MINOR}.
 */
export function effectiveMinor(version: PolicyVersion, newest: KubernetesMinor = NEWEST_POLICY_MINOR): KubernetesMinor {
  const known = Math.min(newest, NEWEST_POLICY_MINOR);
  return version === "latest" || version > known ? known : version;
}
