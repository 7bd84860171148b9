// Kubernetes minor versions. Whatever changes by minor is looked up in one table per concern.

/** The minor of Kubernetes 1.x, e.g. 36. */
export type KubernetesMinor = number;

export const OLDEST_SUPPORTED_MINOR: KubernetesMinor = 29;
export const NEWEST_KNOWN_MINOR: KubernetesMinor = 37;

const VERSION = /^v?1\.(0|[1-9]\d*)(?:\.\d+)?(?:[-+].*)?$/;

/**
 * Reads `1.36`, `v1.36`, `v1.36.3` or `v1.36.3+k3s1`; `undefined` when the text is no Kubernetes version.
 */
export function parseKubernetesMinor(text: string): KubernetesMinor | undefined {
  const match = VERSION.exec(text);
  return match === null ? undefined : Number(match[1]);
}
