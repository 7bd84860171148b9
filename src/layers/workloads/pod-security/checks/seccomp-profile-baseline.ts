// Baseline: a seccomp profile, where one is set, must be the runtime's default or a local one. Up to v1.18 it is read
// from the alpha annotations of the pod and of its existing containers, since v1.19 from the fields only.
// pod-security-admission/policy/check_seccompProfile_baseline.go

import { containersOf } from "../../../../kubernetes/containers.ts";
import type { Check, Violation } from "../check.ts";
import { podOffender, type Offender } from "../offender.ts";
import type { PodView } from "../pod-view.ts";
import { refusedSeccomp } from "../seccomp-profile.ts";
import { locateRefusedProfiles } from "../typed-profile.ts";
import { annotationText, distinct, plural } from "../wording.ts";

export const seccompProfileBaseline: Check = {
  id: "seccompProfile_baseline",
  level: "baseline",
  revisions: [
    { since: 0, evaluate: evaluateAnnotations, locate: locateAnnotations },
    {
      since: 19,
      evaluate: (pod) => refusedSeccomp(pod, "seccompProfile_baseline"),
      locate: (pod) => locateRefusedProfiles(pod, "seccompProfile"),
    },
  ],
};

const POD_KEY = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_KEY_PREFIX = "container.seccomp.security.alpha.kubernetes.io/";

const isRefused = (profile: string): boolean =>
  profile !== "runtime/default" && profile !== "docker/default" && !profile.startsWith("localhost/");

function refusedAnnotations(pod: PodView): [key: string, profile: string][] {
  const annotations = pod.metadata?.annotations;
  if (annotations == null) return [];
  const keys = [POD_KEY, ...containersOf(pod.spec).map((view) => CONTAINER_KEY_PREFIX + view.name)];
  return [...new Set(keys)].flatMap((key): [string, string][] => {
    if (!Object.hasOwn(annotations, key)) return [];
    const profile = annotations[key] ?? "";
    return isRefused(profile) ? [[key, profile]] : [];
  });
}

function evaluateAnnotations(pod: PodView): Violation | undefined {
  const refused = refusedAnnotations(pod);
  if (refused.length === 0) return undefined;
  const texts = distinct(refused.map(([key, profile]) => annotationText(key, profile)));
  return {
    check: "seccompProfile_baseline",
    reason: "seccompProfile",
    detail: `forbidden ${plural(texts.length, "annotation", "annotations")} ${texts.join(", ")}`,
  };
}

function locateAnnotations(pod: PodView): Offender[] {
  return refusedAnnotations(pod).map(([key]) => podOffender(pod, ["metadata", "annotations", key]));
}
