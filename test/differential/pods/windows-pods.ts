// Random Windows pods, and pods that leave the system open but use Windows options.

import fc, { type Arbitrary } from "fast-check";
import { sometimes, type JsonObject } from "./sparse.ts";
import type { RandomPod } from "./pods.ts";

/** `hostProcess` must be the same for all containers, whether the pod says it or each of them. */
type HostProcess = "pod" | "containers" | "both" | "no" | "unset";

function options(isSaidHere: boolean, hostProcess: HostProcess): JsonObject {
  if (isSaidHere) return { windowsOptions: { hostProcess: hostProcess !== "no" } };
  return { windowsOptions: { runAsUserName: "ContainerUser" } };
}

function container(hostProcess: HostProcess): Arbitrary<JsonObject> {
  const isSaidHere = hostProcess !== "pod" && hostProcess !== "unset";
  return fc.record({
    name: fc.constantFrom("a", "b", "main"),
    image: fc.constant("registry.example/app:1"),
    securityContext: fc.record({
      runAsNonRoot: sometimes(50, fc.boolean()),
      windowsOptions: fc.constant(options(isSaidHere, hostProcess)["windowsOptions"]),
    }),
  });
}

function windowsPodWith(hostProcess: HostProcess): Arbitrary<RandomPod> {
  const isHostProcess = hostProcess !== "no" && hostProcess !== "unset";
  const isSaidByPod = hostProcess === "pod" || hostProcess === "both" || hostProcess === "no";
  const spec = fc.record({
    os: fc.constantFrom(undefined, { name: "windows" }),
    hostNetwork: isHostProcess ? fc.constant(true) : sometimes(20, fc.boolean()),
    securityContext: fc.record({
      runAsNonRoot: sometimes(50, fc.boolean()),
      windowsOptions: fc.constant(options(isSaidByPod, hostProcess)["windowsOptions"]),
    }),
    initContainers: sometimes(30, fc.array(container(hostProcess), { maxLength: 2 })),
    containers: fc.array(container(hostProcess), { minLength: 1, maxLength: 3 }),
  });
  const metadata = fc.constant({ name: "random" });
  return fc.record({ apiVersion: fc.constant("v1"), kind: fc.constant("Pod"), metadata, spec });
}

export const windowsPod: Arbitrary<RandomPod> = fc.oneof(
  ...(["pod", "containers", "both", "no", "unset"] as const).map(windowsPodWith),
);
