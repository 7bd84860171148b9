// What each check accepts, value by value, and the nearest values it refuses.

import { describe, expect, test } from "vitest";
import { VOLUME_SOURCES, type Container, type PodSpec } from "../../../kubernetes/pod.ts";
import { evaluatePod, type PolicyVersion } from "./pod-security.ts";

function details(spec: PodSpec, level: "baseline" | "restricted", version: PolicyVersion = "latest"): string[] {
  return evaluatePod({ spec }, level, version).violations.map(({ detail }) => detail);
}

function inContainer(securityContext: NonNullable<Container["securityContext"]>): PodSpec {
  return { containers: [{ name: "a", securityContext }] };
}

function annotated(key: string, value: string | null, version: PolicyVersion): string[] {
  const pod = { metadata: { annotations: { [key]: value } }, spec: { containers: [{ name: "a" }] } };
  return evaluatePod(pod, "baseline", version).violations.map(({ detail }) => detail);
}

describe("capabilities", () => {
  test.each(
    "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
      " ",
    ),
  )("%s may be added at baseline", (capability) => {
    expect(details(inContainer({ capabilities: { add: [capability] } }), "baseline")).toEqual([]);
  });

  test.each(["NET_RAW", "SYS_ADMIN", "CAP_CHOWN", "chown", "ALL", ""])("%j may not", (capability) => {
    expect(details(inContainer({ capabilities: { add: [capability] } }), "baseline")).toEqual([
      `container "a" must not include "${capability}" in securityContext.capabilities.add`,
    ]);
  });
});

describe("volumes", () => {
  const unrestricted =
    "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret".split(" ");

  test.each(unrestricted)("%s is accepted at restricted", (source) => {
    for (const version of [0, "latest"] as const) {
      expect(details({ volumes: [{ name: "v", [source]: {} }] }, "restricted", version)).toEqual([]);
    }
  });

  test.each(VOLUME_SOURCES.filter((source) => !unrestricted.includes(source)))(
    "%s is refused by its name",
    (source) => {
      expect(details({ volumes: [{ name: "v", [source]: {} }] }, "restricted")).toEqual([
        `volume "v" uses restricted volume type "${source}"`,
      ]);
    },
  );

  test("a volume without a source the API knows is of unknown type", () => {
    expect(details({ volumes: [{ name: "v" }, null] }, "restricted")).toEqual([
      'volumes "v", "" use restricted volume type "unknown"',
    ]);
  });
});

describe("SELinux types", () => {
  test.each(["", "container_t", "container_init_t", "container_kvm_t"])("%j is accepted at every version", (type) => {
    for (const version of [0, 30, "latest"] as const) {
      expect(details(inContainer({ seLinuxOptions: { type } }), "baseline", version)).toEqual([]);
    }
  });

  test("others, any user and any role are refused", () => {
    const seLinuxOptions = { type: "spc_t", user: "u", role: "r" };
    expect(details(inContainer({ seLinuxOptions }), "baseline")).toEqual([
      'container "a" set forbidden securityContext.seLinuxOptions: type "spc_t"; user may not be set; role may not be set',
    ]);
  });
});

describe("sysctls", () => {
  test.each([
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start",
  ])("%s is safe at every version", (name) => {
    for (const version of [0, 27, "latest"] as const) {
      expect(details({ securityContext: { sysctls: [{ name }] } }, "baseline", version)).toEqual([]);
    }
  });

  test("the unsafe are listed as often and in the order they are set", () => {
    const sysctls = ["b", "kernel.shm_rmid_forced", "a", "b"].map((name) => ({ name }));
    expect(details({ securityContext: { sysctls } }, "baseline")).toEqual(["b, a, b"]);
  });
});

describe("profiles", () => {
  test.each(["RuntimeDefault", "Localhost"])("%s is accepted for seccomp and AppArmor", (type) => {
    expect(details(inContainer({ seccompProfile: { type }, appArmorProfile: { type } }), "baseline")).toEqual([]);
  });

  test.each(["Unconfined", "", "runtimeDefault"])("%j is not", (type) => {
    expect(details(inContainer({ seccompProfile: { type }, appArmorProfile: { type } }), "baseline")).toEqual([
      `container "a" must not set AppArmor profile type to "${type}"`,
      `container "a" must not set securityContext.seccompProfile.type to "${type}"`,
    ]);
  });

  const seccompKey = "container.seccomp.security.alpha.kubernetes.io/a";
  const appArmorKey = "container.apparmor.security.beta.kubernetes.io/a";

  test.each(["runtime/default", "docker/default", "localhost/x"])("seccomp annotation %s is accepted", (value) => {
    expect(annotated(seccompKey, value, 18)).toEqual([]);
  });

  test.each(["runtime/default", "localhost/x", "", null])("AppArmor annotation %j is accepted", (value) => {
    expect(annotated(appArmorKey, value, "latest")).toEqual([]);
  });

  test("other annotations are refused, quoted as Go does", () => {
    expect(annotated(seccompKey, null, 18)).toEqual([`forbidden annotation ${seccompKey}=""`]);
    expect(annotated(appArmorKey, "un\u200bconfined", "latest")).toEqual([
      String.raw`annotation must not set AppArmor profile type to "${appArmorKey}="un\u200bconfined""`,
    ]);
    expect(annotated(appArmorKey, "docker/default", "latest")).toHaveLength(1);
  });

  test("a seccomp annotation for a container that is not there is not read", () => {
    expect(annotated("container.seccomp.security.alpha.kubernetes.io/gone", "unconfined", 18)).toEqual([]);
  });
});
