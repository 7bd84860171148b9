import { expect, test } from "vitest";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import { cautionsOf } from "./cautions.ts";
import { hardenPod } from "./harden-pod.ts";

const RESTRICTED = { level: "restricted", version: "latest" } as const;

function codes(spec: PodTemplate["spec"]): readonly string[] {
  const { edits } = hardenPod({ spec: spec ?? {} }, RESTRICTED, 37);
  return cautionsOf({ spec: spec ?? {} }, edits).map(({ code, what }) => (what === "" ? code : `${code} ${what}`));
}

test("a user that only the image knows, and an entrypoint that only it knows, are asked about", () => {
  expect(codes({ containers: [{ name: "a", image: "x" }] })).toEqual(["numeric-user", "entrypoint"]);
  expect(codes({ securityContext: { runAsUser: 1000 }, containers: [{ name: "a", image: "x" }] })).toEqual([
    "entrypoint",
  ]);
});

test("commands that need a capability or a set-user-ID bit are named", () => {
  const command = ["sh", "-c", "chown -R app /data && exec app"];
  expect(codes({ containers: [{ name: "a", image: "x", command }] })).toContain("switches-user chown");
  expect(codes({ containers: [{ name: "a", image: "x", args: ["--shipping=fast"] }] })).not.toContain(
    "switches-user ping",
  );
});

test("ports below 1024 are named, unless the pod opens them", () => {
  const containers = [{ name: "a", image: "x", ports: [{ containerPort: 80 }, { containerPort: 8080 }] }];
  expect(codes({ containers })).toContain("privileged-port 80");
  const sysctls = [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }];
  expect(codes({ containers, securityContext: { sysctls } })).not.toContain("privileged-port 80");
});

test("claims that root filled are named, unless fsGroup gives them away", () => {
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "c" } }];
  const containers = [{ name: "a", image: "x", volumeMounts: [{ name: "data", mountPath: "/data" }] }];
  expect(codes({ volumes, containers })).toContain("volume-owner data");
  expect(codes({ volumes, containers, securityContext: { fsGroup: 1000 } })).not.toContain("volume-owner data");
});

test("a read-only root without an emptyDir has nowhere to write", () => {
  const securityContext = { readOnlyRootFilesystem: true };
  const mount = [{ name: "tmp", mountPath: "/tmp" }];
  expect(codes({ containers: [{ name: "a", image: "x", securityContext }] })).toContain("read-only-root");
  const containers = [{ name: "a", image: "x", securityContext, volumeMounts: mount }];
  expect(codes({ volumes: [{ name: "tmp", emptyDir: {} }], containers })).not.toContain("read-only-root");
});

test("refusing escalation beside privileged or SYS_ADMIN is left to the answer: the API would refuse it", () => {
  const privileged = hardenPod(
    { spec: { containers: [{ name: "a", securityContext: { privileged: true } }] } },
    RESTRICTED,
    37,
  );
  expect(privileged.edits.map(({ path }) => path.at(-1))).not.toContain("allowPrivilegeEscalation");
  const capabilities = { add: ["SYS_ADMIN"] };
  const admin = hardenPod({ spec: { containers: [{ name: "a", securityContext: { capabilities } }] } }, RESTRICTED, 37);
  expect(admin.edits.map(({ path }) => path.at(-1))).not.toContain("allowPrivilegeEscalation");
});
