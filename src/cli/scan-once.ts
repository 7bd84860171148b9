// One evaluation of TARGETs: of what is there now, and, for a comparison, of an earlier revision of it.

import type { Exceptions } from "../controls/exceptions/exceptions.ts";
import { createRun, type RunResult } from "../controls/run.ts";
import { createScope, type Scope } from "../controls/scope.ts";
import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { Rule } from "../verdicts/rule.ts";
import type { LiveInput } from "./cluster/live-input.ts";
import { readRun } from "./read-run.ts";
import { renderOptionsOf } from "./rendering/render-options.ts";
import type { ScanFlags } from "./scan-flags.ts";
import type { Streams } from "./streams.ts";

export interface ScanRequest {
  readonly flags: ScanFlags;
  readonly rules: readonly Rule[];
  readonly minor: KubernetesMinor;
  readonly targets: readonly string[];
  readonly exceptions: Exceptions | undefined;
  /** The cluster, where there is no target. */
  readonly live?: LiveInput | undefined;
}

export interface Scanned {
  readonly result: RunResult;
  readonly scope: Scope;
}

export async function scanOnce(request: ScanRequest, streams: Streams): Promise<Scanned> {
  const { flags, rules, minor, targets, exceptions, live } = request;
  const { includeNamespace: includeNamespaces, excludeNamespace: excludeNamespaces, kind: kinds } = flags;
  const scope = createScope({ includeNamespaces, excludeNamespaces, kinds });
  const namespace = flags.namespace ?? "default";
  const run = createRun({
    rules,
    minor,
    defaultNamespace: namespace,
    isInScope: scope.isInScope,
    ...(exceptions !== undefined && { exceptions }),
  });
  const render = renderOptionsOf(flags, { namespace, minor }, streams.directory);
  const result = await readRun(run, targets, { exclude: flags.exclude, render, live }, streams);
  return { result, scope };
}
