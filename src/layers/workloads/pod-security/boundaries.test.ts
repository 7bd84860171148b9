// Every version at which a verdict changes, from both sides, by the smallest pod that shows it; and offenders that only
// one kind of container has.

import { describe, expect, test } from "vitest";
import type { Container, PodSpec, PodTemplate } from "../../../kubernetes/pod.ts";
import { evaluatePod, type CheckId, type PolicyLevel } from "./pod-security.ts";

const HARDENED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
const hardened: Container = { name: "app", securityContext: HARDENED };

function pod(spec: PodSpec, annotations: Readonly<Record<string, string>> = {}): PodTemplate {
  return { metadata: { annotations }, spec: { containers: [hardened], ...spec } };
}

function withContext(context: NonNullable<Container["securityContext"]>, spec: PodSpec = {}): PodTemplate {
  return pod({ containers: [{ name: "app", securityContext: { ...HARDENED, ...context } }], ...spec });
}

function violated(template: PodTemplate, level: PolicyLevel, minor: number): CheckId[] {
  return evaluatePod(template, level, minor).violations.map(({ check }) => check);
}

interface Boundary {
  readonly level: "baseline" | "restricted";
  readonly minor: number;
  readonly what: string;
  readonly template: PodTemplate;
  readonly before: readonly CheckId[];
  readonly after: readonly CheckId[];
}

const windows: PodSpec = { os: { name: "windows" } };
const userNamespace: PodSpec = { hostUsers: false };
const sysctl = (name: string): PodTemplate => pod({ securityContext: { sysctls: [{ name, value: "1" }] } });
const probeHost = pod({ containers: [{ ...hardened, livenessProbe: { httpGet: { host: "10.0.0.1" } } }] });
const seccompAnnotation = pod({}, { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" });
const engineType = withContext({ seLinuxOptions: { type: "container_engine_t" } });
const defaultCapability = withContext({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } });

const steps: readonly Boundary[] = [
  ...["ip_local_reserved_ports"].map((name) => sysctlStep(27, name)),
  ...["tcp_keepalive_time", "tcp_fin_timeout", "tcp_keepalive_intvl", "tcp_keepalive_probes"].map((name) =>
    sysctlStep(29, name),
  ),
  ...["tcp_rmem", "tcp_wmem"].map((name) => sysctlStep(32, name)),
  ...["tcp_slow_start_after_idle", "tcp_notsent_lowat"].map((name) => sysctlStep(37, name)),
  relaxed("baseline", 31, "container_engine_t", engineType, "seLinuxOptions"),
  tightened("baseline", 34, "a probe's host", probeHost, "hostProbesAndHostLifecycle"),
  relaxed("baseline", 19, "a seccomp annotation", seccompAnnotation, "seccompProfile_baseline"),
  tightened(
    "baseline",
    19,
    "an unconfined seccomp field",
    withContext({ seccompProfile: { type: "Unconfined" } }),
    "seccompProfile_baseline",
  ),
  relaxed(
    "baseline",
    35,
    "unmasked /proc in a user namespace",
    withContext({ procMount: "Unmasked" }, userNamespace),
    "procMount",
  ),
  {
    level: "restricted",
    minor: 35,
    what: "unmasked /proc in a user namespace",
    template: withContext({ procMount: "Unmasked" }, userNamespace),
    before: ["procMount"],
    after: ["procMount_restricted"],
  },
  tightened(
    "restricted",
    8,
    "allowPrivilegeEscalation",
    withContext({ allowPrivilegeEscalation: null }),
    "allowPrivilegeEscalation",
  ),
  relaxed(
    "restricted",
    25,
    "allowPrivilegeEscalation on Windows",
    withContext({ allowPrivilegeEscalation: null }, windows),
    "allowPrivilegeEscalation",
  ),
  tightened("restricted", 22, "a default capability", defaultCapability, "capabilities_restricted"),
  relaxed(
    "restricted",
    25,
    "kept capabilities on Windows",
    withContext({ capabilities: null }, windows),
    "capabilities_restricted",
  ),
  relaxed(
    "restricted",
    25,
    "no seccomp profile on Windows",
    withContext({ seccompProfile: null }, windows),
    "seccompProfile_restricted",
  ),
  tightened("restricted", 19, "no seccomp profile", withContext({ seccompProfile: null }), "seccompProfile_restricted"),
  tightened("restricted", 23, "user 0", withContext({ runAsUser: 0 }), "runAsUser"),
  relaxed("restricted", 35, "user 0 in a user namespace", withContext({ runAsUser: 0 }, userNamespace), "runAsUser"),
  relaxed(
    "restricted",
    35,
    "root in a user namespace",
    withContext({ runAsNonRoot: false }, userNamespace),
    "runAsNonRoot",
  ),
];

function sysctlStep(minor: number, name: string): Boundary {
  return relaxed("baseline", minor, name, sysctl(`net.ipv4.${name}`), "sysctls");
}

function relaxed(
  level: Boundary["level"],
  minor: number,
  what: string,
  template: PodTemplate,
  check: CheckId,
): Boundary {
  return { level, minor, what, template, before: [check], after: [] };
}

function tightened(
  level: Boundary["level"],
  minor: number,
  what: string,
  template: PodTemplate,
  check: CheckId,
): Boundary {
  return { level, minor, what, template, before: [], after: [check] };
}

test.each(steps)("$level changes for $what at v1.$minor", ({ level, minor, template, before, after }) => {
  expect(violated(template, level, minor - 1)).toEqual(before);
  expect(violated(template, level, minor)).toEqual(after);
});

test("between the versions that are known to change verdicts, none does", () => {
  const changing = { baseline: [19, 27, 29, 31, 32, 34, 35, 37], restricted: [8, 19, 22, 23, 25, 35] };
  for (const { level, minor, template, before, after } of steps) {
    for (let other = 0; other <= 37; other++) {
      const elsewhere =
        changing[level].includes(other) || (level === "restricted" && changing.baseline.includes(other));
      if (!elsewhere && other > 0) {
        expect(violated(template, level, other)).toEqual(violated(template, level, other - 1));
      }
    }
    expect(before).not.toEqual(after);
    expect(changing[level]).toContain(minor);
  }
});

test("only an explicit hostUsers: false relaxes", () => {
  for (const hostUsers of [true, null]) {
    expect(violated(withContext({ runAsUser: 0 }, { hostUsers }), "restricted", 35)).toEqual(["runAsUser"]);
  }
});

test("a Windows pod may add SYS_ADMIN at restricted but not at baseline", () => {
  const template = withContext({ capabilities: { add: ["SYS_ADMIN"] } }, windows);
  expect(violated(template, "restricted", 37)).toEqual([]);
  expect(violated(template, "baseline", 37)).toEqual(["capabilities_baseline"]);
});

const offending: readonly (readonly [CheckId, "baseline" | "restricted", Container])[] = [
  ["privileged", "baseline", { securityContext: { ...HARDENED, privileged: true } }],
  ["procMount", "baseline", { securityContext: { ...HARDENED, procMount: "Unmasked" } }],
  ["hostPorts", "baseline", { securityContext: HARDENED, ports: [{ hostPort: 80 }] }],
  ["capabilities_baseline", "baseline", { securityContext: { ...HARDENED, capabilities: { add: ["NET_RAW"] } } }],
  ["seLinuxOptions", "baseline", { securityContext: { ...HARDENED, seLinuxOptions: { user: "root" } } }],
  ["appArmorProfile", "baseline", { securityContext: { ...HARDENED, appArmorProfile: { type: "Unconfined" } } }],
  ["seccompProfile_baseline", "baseline", { securityContext: { ...HARDENED, seccompProfile: {} } }],
  ["windowsHostProcess", "baseline", { securityContext: { ...HARDENED, windowsOptions: { hostProcess: true } } }],
  ["hostProbesAndHostLifecycle", "baseline", { lifecycle: { preStop: { tcpSocket: { host: "10.0.0.1" } } } }],
  ["allowPrivilegeEscalation", "restricted", { securityContext: { ...HARDENED, allowPrivilegeEscalation: true } }],
  ["capabilities_restricted", "restricted", { securityContext: { ...HARDENED, capabilities: { drop: ["all"] } } }],
  ["procMount_restricted", "restricted", { securityContext: { ...HARDENED, procMount: "" } }],
  ["runAsNonRoot", "restricted", { securityContext: { ...HARDENED, runAsNonRoot: null } }],
  ["runAsUser", "restricted", { securityContext: { ...HARDENED, runAsUser: 0 } }],
  ["seccompProfile_restricted", "restricted", { securityContext: { ...HARDENED, seccompProfile: null } }],
];

describe.each(["initContainers", "containers", "ephemeralContainers"] as const)("an offender only in %s", (list) => {
  test.each(offending)("violates %s", (check, level, container) => {
    const template = pod({ [list]: [{ name: "x", ...container }] });
    expect(violated(template, level, 37)).toEqual([check]);
  });
});

test("a null element of a container list is a container that sets nothing", () => {
  const checks = ["allowPrivilegeEscalation", "capabilities_restricted", "runAsNonRoot", "seccompProfile_restricted"];
  expect(violated(pod({ initContainers: [null] }), "restricted", 37)).toEqual(checks);
});

test("a pod without spec or containers is allowed everywhere", () => {
  for (const template of [{}, { spec: null }, { spec: { containers: [] } }]) {
    expect(evaluatePod(template, "restricted", "latest")).toEqual({ allowed: true, violations: [] });
  }
});
