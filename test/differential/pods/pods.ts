// Random pods that the API server takes but for Pod Security: what API validation forbids in combination is repaired.

import fc, { type Arbitrary } from "fast-check";
import { initContainer, regularContainer } from "./containers.ts";
import { repairPod } from "./repair.ts";
import { podSecurityContext } from "./security-contexts.ts";
import { asSent, sometimes, type JsonObject } from "./sparse.ts";
import { volumes } from "./volumes.ts";
import { windowsPod } from "./windows-pods.ts";

/** A pod to be created: no status, no ephemeral containers. */
export interface RandomPod extends JsonObject {
  readonly apiVersion: "v1";
  readonly kind: "Pod";
  readonly metadata: JsonObject & { readonly name: string };
  readonly spec: JsonObject;
}

const SECCOMP_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";
const seccomp = fc.constantFrom("unconfined", "runtime/default", "docker/default", "localhost/p");
const appArmor = fc.constantFrom("unconfined", "runtime/default", "localhost/p", "");

/** Annotations of the pod, and the values for its containers, whose names are given to them by the repair. */
function annotations(percent: number): Arbitrary<JsonObject> {
  return fc.record({
    [SECCOMP_ANNOTATION]: sometimes(percent, seccomp),
    "container.seccomp.security.alpha.kubernetes.io/0": sometimes(percent, seccomp),
    "container.seccomp.security.alpha.kubernetes.io/1": sometimes(percent, seccomp),
    "container.apparmor.security.beta.kubernetes.io/0": sometimes(percent, appArmor),
    "container.apparmor.security.beta.kubernetes.io/1": sometimes(percent, appArmor),
    "example.com/other": sometimes(percent, fc.constant("unconfined")),
  });
}

/** A Linux pod; each field that a check reads is set in about `percent` of the cases. */
function linuxPod(percent: number): Arbitrary<RandomPod> {
  const metadata = fc.record({ name: fc.constant("random"), annotations: sometimes(percent, annotations(percent)) });
  const spec = fc.record({
    os: sometimes(20, fc.constant({ name: "linux" })),
    hostNetwork: sometimes(percent / 2, fc.boolean()),
    hostPID: sometimes(percent / 2, fc.boolean()),
    hostIPC: sometimes(percent / 2, fc.boolean()),
    hostUsers: sometimes(20, fc.boolean()),
    securityContext: sometimes(70, podSecurityContext(percent)),
    volumes: sometimes(50, volumes(percent)),
    initContainers: sometimes(30, fc.array(initContainer(percent), { maxLength: 2 })),
    containers: fc.array(regularContainer(percent), { minLength: 1, maxLength: 3 }),
  });
  return fc
    .record({ apiVersion: fc.constant("v1"), kind: fc.constant("Pod"), metadata, spec })
    .map(repairPod)
    .map(asSent);
}

/** Some pods that offend in one place or none, some in many, and some for Windows. */
export const randomPod: Arbitrary<RandomPod> = fc.oneof(
  { withCrossShrink: true },
  { weight: 5, arbitrary: linuxPod(4) },
  { weight: 4, arbitrary: linuxPod(20) },
  { weight: 2, arbitrary: linuxPod(50) },
  { weight: 1, arbitrary: windowsPod.map(repairPod).map(asSent) },
);
