// Baseline: a pod may set only sysctls that are namespaced and isolated from other pods. The list grew with the versions.
// pod-security-admission/policy/check_sysctls.go

import type { KubernetesMinor } from "../../../../kubernetes/kubernetes-version.ts";
import type { Check, CheckRevision } from "../check.ts";
import { podOffender } from "../offender.ts";

/** Sysctls a pod may set, by the policy minor from which each is allowed. */
const SAFE_SYSCTLS: ReadonlyMap<KubernetesMinor, readonly string[]> = new Map([
  [
    0,
    [
      "kernel.shm_rmid_forced",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies",
      "net.ipv4.ping_group_range",
      "net.ipv4.ip_unprivileged_port_start",
    ],
  ],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [
    29,
    [
      "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
    ],
  ],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
  [37, ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]],
]);

export const sysctls: Check = {
  id: "sysctls",
  level: "baseline",
  revisions: [...SAFE_SYSCTLS.keys()].map(revisionSince),
};

function revisionSince(since: KubernetesMinor): CheckRevision {
  const allowed = new Set([...SAFE_SYSCTLS].flatMap(([minor, names]) => (minor <= since ? names : [])));
  const isForbidden = (sysctl: { readonly name?: string | null } | null): boolean => !allowed.has(sysctl?.name ?? "");
  return {
    since,
    // Names keep the order and the repetitions of the pod.
    evaluate: (pod) => {
      const set = pod.securityContext?.sysctls;
      if (set == null || !set.some(isForbidden)) return undefined;
      const names = set.filter(isForbidden).map((sysctl) => sysctl?.name ?? "");
      return { check: "sysctls", reason: "forbidden sysctls", detail: names.join(", ") };
    },
    locate: (pod) =>
      (pod.securityContext?.sysctls ?? []).flatMap((sysctl, index) =>
        isForbidden(sysctl) ? [podOffender(pod, ["spec", "securityContext", "sysctls", index, "name"])] : [],
      ),
  };
}
