import { describe, expect, test } from "vitest";
import { defaultPod } from "../../../kubernetes/pod-defaults.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import { locateOffenders, type CheckId, type Offender } from "./pod-security.ts";

function offenders(pod: PodTemplate, check: CheckId, minor = 37): readonly Offender[] {
  return locateOffenders(pod, check, minor);
}

const inContainer = { containerName: "a", containerKind: "regular" };
const at = (...field: readonly (string | number)[]): readonly (string | number)[] => [
  "spec",
  "containers",
  0,
  ...field,
];
const inContext = (...field: readonly (string | number)[]): readonly (string | number)[] =>
  at("securityContext", ...field);
const inPodContext = (...field: readonly (string | number)[]): readonly (string | number)[] => [
  "spec",
  "securityContext",
  ...field,
];

describe("points at the value", () => {
  test("of a container's security context", () => {
    const pod = {
      spec: {
        containers: [
          {
            name: "a",
            securityContext: {
              privileged: true,
              procMount: "Unmasked",
              capabilities: { add: ["CHOWN", "NET_RAW"], drop: ["KILL"] },
              seLinuxOptions: { type: "spc_t", user: "u", role: "r" },
              windowsOptions: { hostProcess: true },
              appArmorProfile: { type: "Unconfined" },
              seccompProfile: { type: "Unconfined" },
              runAsNonRoot: false,
              runAsUser: 0,
              allowPrivilegeEscalation: true,
            },
          },
        ],
      },
    };
    const expectAt = (
      check: CheckId,
      ...found: readonly (readonly [readonly (string | number)[], unknown])[]
    ): void => {
      expect(offenders(pod, check)).toEqual(found.map(([path, value]) => ({ ...inContainer, path, value })));
    };
    expectAt("privileged", [inContext("privileged"), true]);
    expectAt("procMount", [inContext("procMount"), "Unmasked"]);
    expectAt("capabilities_baseline", [inContext("capabilities", "add", 1), "NET_RAW"]);
    expectAt(
      "capabilities_restricted",
      [inContext("capabilities", "drop"), ["KILL"]],
      [inContext("capabilities", "add", 0), "CHOWN"],
      [inContext("capabilities", "add", 1), "NET_RAW"],
    );
    expectAt(
      "seLinuxOptions",
      [inContext("seLinuxOptions", "type"), "spc_t"],
      [inContext("seLinuxOptions", "user"), "u"],
      [inContext("seLinuxOptions", "role"), "r"],
    );
    expectAt("windowsHostProcess", [inContext("windowsOptions", "hostProcess"), true]);
    expectAt("appArmorProfile", [inContext("appArmorProfile", "type"), "Unconfined"]);
    expectAt("seccompProfile_baseline", [inContext("seccompProfile", "type"), "Unconfined"]);
    expectAt("seccompProfile_restricted", [inContext("seccompProfile", "type"), "Unconfined"]);
    expectAt("runAsNonRoot", [inContext("runAsNonRoot"), false]);
    expectAt("runAsUser", [inContext("runAsUser"), 0]);
    expectAt("allowPrivilegeEscalation", [inContext("allowPrivilegeEscalation"), true]);
  });

  test("of the pod's security context", () => {
    const securityContext = {
      runAsUser: 0,
      runAsNonRoot: false,
      sysctls: [{ name: "net.ipv4.tcp_rmem" }, { name: "kernel.msgmax" }],
      seccompProfile: { type: "Unconfined" },
    };
    const pod = { spec: { securityContext } };
    expect(offenders(pod, "runAsUser")).toEqual([{ path: inPodContext("runAsUser"), value: 0 }]);
    expect(offenders(pod, "runAsNonRoot")).toEqual([{ path: inPodContext("runAsNonRoot"), value: false }]);
    expect(offenders(pod, "sysctls")).toEqual([{ path: inPodContext("sysctls", 1, "name"), value: "kernel.msgmax" }]);
    expect(offenders(pod, "seccompProfile_restricted")).toEqual([
      { path: inPodContext("seccompProfile", "type"), value: "Unconfined" },
    ]);
  });

  test("of host namespaces, ports, probes and volumes", () => {
    const pod = {
      spec: {
        hostNetwork: true,
        hostIPC: true,
        containers: [
          {
            name: "a",
            ports: [{ containerPort: 80 }, { hostPort: 443 }],
            readinessProbe: { tcpSocket: { host: "x" } },
            lifecycle: { preStop: { httpGet: { host: "y" } } },
          },
        ],
        volumes: [{ name: "v", hostPath: { path: "/" } }, { name: "w", nfs: {} }, { name: "u" }],
      },
    };
    expect(offenders(pod, "hostNamespaces")).toEqual([
      { path: ["spec", "hostNetwork"], value: true },
      { path: ["spec", "hostIPC"], value: true },
    ]);
    expect(offenders(pod, "hostPorts")).toEqual([{ ...inContainer, path: at("ports", 1, "hostPort"), value: 443 }]);
    expect(offenders(pod, "hostProbesAndHostLifecycle")).toEqual([
      { ...inContainer, path: at("readinessProbe", "tcpSocket", "host"), value: "x" },
      { ...inContainer, path: at("lifecycle", "preStop", "httpGet", "host"), value: "y" },
    ]);
    expect(offenders(pod, "hostPathVolumes")).toEqual([
      { path: ["spec", "volumes", 0, "hostPath"], value: { path: "/" } },
    ]);
    expect(offenders(pod, "restrictedVolumes")).toEqual([
      { path: ["spec", "volumes", 0, "hostPath"], value: { path: "/" } },
      { path: ["spec", "volumes", 1, "nfs"], value: {} },
      { path: ["spec", "volumes", 2], value: { name: "u" } },
    ]);
  });

  test("of annotations", () => {
    const appArmor = "container.apparmor.security.beta.kubernetes.io/gone";
    const seccomp = "container.seccomp.security.alpha.kubernetes.io/a";
    const pod = {
      metadata: { annotations: { [appArmor]: "unconfined", [seccomp]: "unconfined" } },
      spec: { containers: [{ name: "a" }] },
    };
    expect(offenders(pod, "appArmorProfile")).toEqual([
      { path: ["metadata", "annotations", appArmor], value: "unconfined" },
    ]);
    expect(offenders(pod, "seccompProfile_baseline", 18)).toEqual([
      { path: ["metadata", "annotations", seccomp], value: "unconfined" },
    ]);
  });
});

describe("points at the missing field, with what Kubernetes assumes for it,", () => {
  test.each([
    ["allowPrivilegeEscalation", ["allowPrivilegeEscalation"], true],
    ["capabilities_restricted", ["capabilities", "drop"], []],
    ["runAsNonRoot", ["runAsNonRoot"], false],
    ["seccompProfile_restricted", ["seccompProfile", "type"], "Unconfined"],
  ] as const)("of %s", (check, field, defaultValue) => {
    const pod = { spec: { initContainers: [{ name: "i", restartPolicy: "Always" }], ephemeralContainers: [null] } };
    const missing = { absent: true, defaultValue };
    expect(offenders(pod, check)).toEqual([
      {
        containerName: "i",
        containerKind: "sidecar",
        path: ["spec", "initContainers", 0, "securityContext", ...field],
        ...missing,
      },
      {
        containerName: "",
        containerKind: "ephemeral",
        path: ["spec", "ephemeralContainers", 0, "securityContext", ...field],
        ...missing,
      },
    ]);
  });

  test("of a profile without a type", () => {
    const pod = { spec: { securityContext: { seccompProfile: {} } } };
    expect(offenders(pod, "seccompProfile_restricted")).toEqual([
      { path: ["spec", "securityContext", "seccompProfile", "type"], absent: true },
    ]);
  });
});

test("points at the declared containerPort where defaulting made the host port", () => {
  const declared = {
    spec: {
      hostNetwork: true,
      containers: [{ name: "a", ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] }],
    },
  };
  expect(locateOffenders(defaultPod(declared), "hostPorts", "latest", declared)).toEqual([
    {
      ...inContainer,
      path: at("ports", 0, "containerPort"),
      value: 80,
      because: { path: ["spec", "hostNetwork"], value: true },
    },
    { ...inContainer, path: at("ports", 1, "hostPort"), value: 81 },
  ]);
});

test("an explicit refusal hides the implicit ones, as in the message", () => {
  const pod = { spec: { containers: [{ name: "a" }], securityContext: { runAsNonRoot: false } } };
  expect(offenders(pod, "runAsNonRoot")).toEqual([{ path: ["spec", "securityContext", "runAsNonRoot"], value: false }]);
});
