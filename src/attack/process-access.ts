// Whether a process in one container may look into a process of another that it sees: Linux asks for the same uid and every
// capability of the other, or for CAP_SYS_PTRACE (kernel/ptrace.c __ptrace_may_access, security/commoncap.c); AppArmor for the
// same profile.

import { canUse, type ContainerFacts } from "./container-facts.ts";

/** What a container runtime gives root in every container (containerd pkg/oci/spec.go, CRI-O a little less). */
const ORDINARY: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);
const NONE: ReadonlySet<string> = new Set();

export function canTrace(from: ContainerFacts, to: ContainerFacts): boolean {
  if (to.isAppArmorUnconfined && !from.isAppArmorUnconfined && !from.privileged) return false;
  if ((from.privileged && from.isRoot) || canUse(from, "SYS_PTRACE")) return true;
  return isSameUser(from, to) && isWithin(permitted(to), permitted(from));
}

/** Root with no less than every container's root has: it traces all that {@link isOrdinaryRoot}. */
export function tracesOrdinaryRoot(container: ContainerFacts): boolean {
  return container.isRoot && isWithin(ORDINARY, permitted(container));
}

export function isOrdinaryRoot(container: ContainerFacts): boolean {
  return container.isRoot && !container.isAppArmorUnconfined && isWithin(permitted(container), ORDINARY);
}

/** Where no field says which user, both are what their images say: most often root. */
function isSameUser(from: ContainerFacts, to: ContainerFacts): boolean {
  if (from.runAsUser !== undefined || to.runAsUser !== undefined) return (from.runAsUser ?? 0) === (to.runAsUser ?? 0);
  return from.isRoot === to.isRoot;
}

const ALL = "ALL";
const EVERY: ReadonlySet<string> = new Set([...ORDINARY, ALL]);

/** Nobody but root keeps capabilities; `ALL` stands for those beyond the ordinary ones that no field names. */
function permitted({ isRoot, privileged, capabilities, dropped }: ContainerFacts): ReadonlySet<string> {
  if (!isRoot) return NONE;
  if (privileged || capabilities.includes(ALL)) return new Set([...EVERY, ...capabilities]);
  if (capabilities.length === 0 && dropped.length === 0) return ORDINARY;
  const kept = dropped.includes(ALL) ? [] : [...ORDINARY].filter((one) => !dropped.includes(one));
  return new Set([...kept, ...capabilities]);
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  if (some === all) return true; // as of nearly every container
  for (const one of some) if (!all.has(one)) return false;
  return true;
}
