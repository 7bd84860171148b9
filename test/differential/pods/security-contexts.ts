// Random security contexts of pods and containers: every field that a Pod Security check reads.

import fc, { type Arbitrary } from "fast-check";
import { anyText, sometimes, sparse, type JsonObject } from "./sparse.ts";

/** The capabilities that containers get anyway, near misses, and free text. */
const capability = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("NET_BIND_SERVICE", "CHOWN", "KILL", "MKNOD", "SETUID", "SYS_CHROOT") },
  { weight: 3, arbitrary: fc.constantFrom("ALL", "NET_RAW", "SYS_ADMIN", "CAP_CHOWN", "chown", "SYS_TIME", "BPF") },
  { weight: 1, arbitrary: fc.oneof(anyText, fc.constant(null)) },
);
const drops = fc.oneof(fc.constantFrom("ALL", "NET_RAW", "all"), anyText, fc.constant(null));

export function capabilities(percent: number): Arbitrary<JsonObject> {
  return fc.record({
    add: sometimes(percent, fc.array(capability, { maxLength: 4 })),
    drop: sometimes(60, fc.array(drops, { maxLength: 3 })),
  });
}

const seLinuxType = fc.oneof(
  fc.constantFrom("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t", "spc_t"),
  anyText,
);
const seLinuxOptions = sparse(45, { type: seLinuxType, user: anyText, role: anyText, level: anyText });

/** A seccomp or AppArmor profile, with a path where and only where its type wants one. */
const profile: Arbitrary<JsonObject> = fc.constantFrom<JsonObject>(
  { type: "RuntimeDefault" },
  { type: "Unconfined" },
  { type: "Localhost", localhostProfile: "profiles/a" },
);

const both = (percent: number) => ({
  appArmorProfile: sometimes(percent, profile),
  runAsNonRoot: sometimes(percent, fc.boolean()),
  runAsUser: sometimes(percent, fc.constantFrom(0, 1, 1000)),
  seLinuxOptions: sometimes(percent, seLinuxOptions),
  seccompProfile: sometimes(percent, profile),
});

const SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
  "net.ipv4.tcp_slow_start_after_idle",
  "net.ipv4.tcp_notsent_lowat",
  "net.ipv4.tcp_tw_reuse",
  "net.core.somaxconn",
  "kernel.msgmax",
  "net/ipv4/tcp_syncookies",
];
const sysctl = fc.constantFrom(...SYSCTLS).map((name) => ({ name, value: "1" }));

/** The security context of a Linux pod. */
export function podSecurityContext(percent: number): Arbitrary<JsonObject> {
  const sysctls = fc.uniqueArray(sysctl, { maxLength: 4, selector: ({ name }) => name.replaceAll("/", ".") });
  return fc.record({ ...both(percent), sysctls: sometimes(percent, sysctls) });
}

/** What a container must set to meet the restricted level by itself. */
const RESTRICTED: JsonObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

/** The security context of a Linux container: random, or one that meets the restricted level with random changes. */
export function containerSecurityContext(percent: number): Arbitrary<JsonObject> {
  const random = fc.record({
    ...both(percent),
    allowPrivilegeEscalation: sometimes(percent, fc.boolean()),
    capabilities: sometimes(percent, capabilities(percent)),
    privileged: sometimes(percent, fc.boolean()),
    procMount: sometimes(percent, fc.constantFrom("Default", "Unmasked")),
    readOnlyRootFilesystem: sometimes(percent, fc.boolean()),
  });
  const restricted = random.map((context) => {
    const changes = Object.entries(context).filter(([, value]) => value !== undefined);
    return { ...RESTRICTED, ...Object.fromEntries(changes) };
  });
  return fc.oneof({ weight: 1, arbitrary: random }, { weight: 2, arbitrary: restricted });
}
