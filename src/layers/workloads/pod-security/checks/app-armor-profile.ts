// Baseline: an AppArmor profile, where one is set, must be the runtime's default or a local one. Both the fields and the
// beta annotations count, at every version, and an annotation counts even where it names no container of the pod.
// pod-security-admission/policy/check_appArmorProfile.go

import type { Check, Violation } from "../check.ts";
import { podOffender, type Offender } from "../offender.ts";
import type { PodView } from "../pod-view.ts";
import { locateRefusedProfiles, refusedProfiles, refusedTypes } from "../typed-profile.ts";
import { annotationText, distinct, plural, quoteAll, setters } from "../wording.ts";

export const appArmorProfile: Check = {
  id: "appArmorProfile",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

const KEY_PREFIX = "container.apparmor.security.beta.kubernetes.io/";

function isRefused(key: string, profile: string): boolean {
  return (
    key.startsWith(KEY_PREFIX) && profile !== "" && profile !== "runtime/default" && !profile.startsWith("localhost/")
  );
}

function refusedAnnotations(pod: PodView): string[] {
  const annotations = pod.metadata?.annotations;
  if (annotations == null) return [];
  return Object.keys(annotations).filter((key) => isRefused(key, annotations[key] ?? ""));
}

function evaluate(pod: PodView): Violation | undefined {
  const fields = refusedProfiles(pod, "appArmorProfile");
  const keys = refusedAnnotations(pod);
  if (fields === undefined && keys.length === 0) return undefined;
  const who = fields === undefined ? [] : [setters(fields.pod, fields.containers)];
  if (keys.length > 0) who.push(plural(keys.length, "annotation", "annotations"));
  const annotations = keys.map((key) => annotationText(key, pod.metadata?.annotations?.[key] ?? ""));
  const profiles = [...distinct(refusedTypes(pod, "appArmorProfile")), ...distinct(annotations)];
  return {
    check: "appArmorProfile",
    reason: plural(profiles.length, "forbidden AppArmor profile", "forbidden AppArmor profiles"),
    detail: `${who.join(" and ")} must not set AppArmor profile type to ${quoteAll(profiles)}`,
  };
}

function locate(pod: PodView): Offender[] {
  const annotations = refusedAnnotations(pod).map((key) => podOffender(pod, ["metadata", "annotations", key]));
  return [...locateRefusedProfiles(pod, "appArmorProfile"), ...annotations];
}
