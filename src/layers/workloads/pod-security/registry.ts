// Every Pod Security check, and which of them run at each level and version
// (pod-security-admission/policy/registry.go).

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { Check, CheckId, CheckRevision } from "./check.ts";
import { allowPrivilegeEscalation } from "./checks/allow-privilege-escalation.ts";
import { appArmorProfile } from "./checks/app-armor-profile.ts";
import { capabilitiesBaseline } from "./checks/capabilities-baseline.ts";
import { capabilitiesRestricted } from "./checks/capabilities-restricted.ts";
import { hostNamespaces } from "./checks/host-namespaces.ts";
import { hostPathVolumes } from "./checks/host-path-volumes.ts";
import { hostPorts } from "./checks/host-ports.ts";
import { hostProbesAndHostLifecycle } from "./checks/host-probes-and-host-lifecycle.ts";
import { privileged } from "./checks/privileged.ts";
import { procMountBaseline } from "./checks/proc-mount-baseline.ts";
import { procMountRestricted } from "./checks/proc-mount-restricted.ts";
import { restrictedVolumes } from "./checks/restricted-volumes.ts";
import { runAsNonRoot } from "./checks/run-as-non-root.ts";
import { runAsUser } from "./checks/run-as-user.ts";
import { seLinuxOptions } from "./checks/se-linux-options.ts";
import { seccompProfileBaseline } from "./checks/seccomp-profile-baseline.ts";
import { seccompProfileRestricted } from "./checks/seccomp-profile-restricted.ts";
import { sysctls } from "./checks/sysctls.ts";
import { windowsHostProcess } from "./checks/windows-host-process.ts";
import type { PolicyLevel } from "./policy-level.ts";
import { NEWEST_POLICY_MINOR } from "./policy-version.ts";

/** All checks: baseline ones, then restricted ones, each by id in byte order. Messages keep this order. */
export const CHECKS: readonly Check[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMountBaseline,
  seLinuxOptions,
  seccompProfileBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfileRestricted,
];

/** The revision of a check that holds at `minor`; `undefined` before the check's first version. */
export function revisionAt(check: Check, minor: KubernetesMinor): CheckRevision | undefined {
  return check.revisions.findLast((revision) => revision.since <= minor);
}

function selectRevisions(level: "baseline" | "restricted", minor: KubernetesMinor): CheckRevision[] {
  const running = CHECKS.flatMap((check) => {
    const revision = level === "restricted" || check.level === "baseline" ? revisionAt(check, minor) : undefined;
    return revision === undefined ? [] : [{ id: check.id, revision }];
  });
  const overridden = new Set<CheckId>(running.flatMap(({ revision }) => revision.overrides ?? []));
  return running.filter(({ id }) => !overridden.has(id)).map(({ revision }) => revision);
}

const MINORS = Array.from({ length: NEWEST_POLICY_MINOR + 1 }, (_, minor) => minor);
const NONE: readonly CheckRevision[] = [];
const BY_LEVEL: Readonly<Record<PolicyLevel, readonly (readonly CheckRevision[])[]>> = {
  privileged: [],
  baseline: MINORS.map((minor) => selectRevisions("baseline", minor)),
  restricted: MINORS.map((minor) => selectRevisions("restricted", minor)),
};

/** The revisions that run at a level and a known minor, in the order of their messages; overridden ones left out. */
export function revisionsFor(level: PolicyLevel, minor: KubernetesMinor): readonly CheckRevision[] {
  return BY_LEVEL[level][minor] ?? NONE;
}
