// ConfigMaps and Secrets that a volume makes files of.

import type { Volume } from "../../../kubernetes/pod.ts";

export interface MountedSource {
  readonly name: string;
  /** The keys that become files; all without. */
  readonly keys: readonly string[] | undefined;
}

type Items = NonNullable<Volume["configMap"]>["items"];

/** ConfigMaps of a volume, projected ones too. */
export function fileKeysOf({ configMap, projected }: Volume): readonly MountedSource[] {
  const sources = [configMap, ...(projected?.sources ?? []).map((source) => source?.configMap)];
  return sources.flatMap((source) => (source?.name ? [{ name: source.name, keys: keysOf(source.items) }] : []));
}

/** Secrets of a volume, projected ones too. */
export function secretKeysOf({ secret, projected }: Volume): readonly MountedSource[] {
  const own = secret?.secretName ? [{ name: secret.secretName, keys: keysOf(secret.items) }] : [];
  const others = (projected?.sources ?? []).flatMap((source) =>
    source?.secret?.name ? [{ name: source.secret.name, keys: keysOf(source.secret.items) }] : [],
  );
  return [...own, ...others];
}

function keysOf(items: Items): readonly string[] | undefined {
  if (items == null || items.length === 0) return undefined;
  return items.flatMap((item) => item?.key ?? []);
}
