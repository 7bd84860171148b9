// Tests that need a real server are registered through here, so that a machine without one reports them as skipped, by
// name and with the reason.

import { test } from "vitest";
import { hasOracle } from "../oracles/oracle.ts";
import { existingBinary } from "./build.ts";
import { findOpenssl } from "./certificates.ts";
import type { ComponentName } from "./components.ts";
import { findGo } from "./go-toolchain.ts";

/** What a control plane is made of. */
const CONTROL_PLANE_COMPONENTS: readonly ComponentName[] = ["etcd", "kube-apiserver"];

/** Why the servers cannot be had on this machine; `undefined` when they can. */
export function serversUnavailable(
  components: readonly ComponentName[] = CONTROL_PLANE_COMPONENTS,
  version?: string,
): string | undefined {
  if (process.platform === "win32") return "the servers run on Linux and macOS only";
  if (findOpenssl() === undefined) return "there is no openssl";
  if (findGo() !== undefined) return undefined;
  const missing = components.filter((name) => existingBinary(name, versionOf(name, version)) === undefined);
  return missing.length === 0
    ? undefined
    : `no ${missing.join(", ")}: neither KUBEBUILDER_ASSETS nor a cached binary nor Go to build it`;
}

/** A test that needs servers, and perhaps an oracle. Skipped by name, with the reason in its name, where they cannot be had. */
export function testWithServers(
  name: string,
  run: () => Promise<void>,
  options: {
    readonly components?: readonly ComponentName[];
    readonly version?: string;
    readonly timeout?: number;
    /** Read beside the servers. */
    readonly oracle?: string;
  } = {},
): void {
  const { components, version, oracle } = options;
  const isMissing = oracle !== undefined && !hasOracle(oracle);
  const reason = serversUnavailable(components, version) ?? (isMissing ? `no oracle ${oracle}` : undefined);
  const fullName = reason === undefined ? name : `${name} (${reason})`;
  test.skipIf(reason !== undefined)(fullName, { timeout: options.timeout ?? 60_000 }, run);
}

/** Only Kubernetes' own programs follow the Kubernetes version. */
function versionOf(name: ComponentName, kubernetesVersion: string | undefined): string | undefined {
  return name.startsWith("kube") ? kubernetesVersion : undefined;
}
