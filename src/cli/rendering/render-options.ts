// The flags about charts and kustomizations, checked before anything is rendered.

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import { UsageError } from "../usage-error.ts";

export interface RenderFlags {
  readonly helmValues: readonly string[];
  readonly helmSet: readonly string[];
  /** Seconds, as given. */
  readonly renderTimeout: string;
}

export interface RenderOptions {
  /** Absolute paths of values files: a URL, which Helm would fetch, is no such path. */
  readonly valuesFiles: readonly string[];
  readonly sets: readonly string[];
  readonly timeoutMilliseconds: number;
  readonly namespace: string;
  readonly minor: KubernetesMinor;
}

const LONGEST_SECONDS = 3600;

export function renderOptionsOf(
  { helmValues, helmSet, renderTimeout }: RenderFlags,
  { namespace, minor }: Pick<RenderOptions, "namespace" | "minor">,
  directory: string,
): RenderOptions {
  const missing = helmValues.find((file) => !isFile(resolve(directory, file)));
  if (missing !== undefined) throw new UsageError("error.target-missing", { value: missing });
  const odd = helmSet.find((pair) => !/^[^=]+=/.test(pair));
  if (odd !== undefined) throw new UsageError("error.helm-set", { value: JSON.stringify(odd) });
  const seconds = Number(renderTimeout);
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS))
    throw new UsageError("error.render-timeout", { value: JSON.stringify(renderTimeout), most: LONGEST_SECONDS });
  return {
    valuesFiles: helmValues.map((file) => resolve(directory, file)),
    sets: helmSet,
    timeoutMilliseconds: seconds * 1000,
    namespace,
    minor,
  };
}

function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isDirectory();
}
