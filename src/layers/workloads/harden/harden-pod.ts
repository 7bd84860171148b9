// The fewest fields that make a pod meet a level, what cannot be decided without knowing the image or its purpose, and
// what the edits may break at run time.

import { syncAppArmor } from "../../../kubernetes/app-armor-annotations.ts";
import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import { defaultPod } from "../../../kubernetes/pod-defaults.ts";
import { valueAt, type Path } from "../../../kubernetes/path.ts";
import { containersOf } from "../../../kubernetes/containers.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import type { LevelVersion } from "../pod-security/admission/admission.ts";
import {
  effectiveMinor,
  evaluatePod,
  locateOffenders,
  type CheckId,
  type Offender,
  type Violation,
} from "../pod-security/pod-security.ts";
import { withEdits, type HardeningEdit } from "./edit.ts";

/** What somebody must decide before the check can be met. */
export interface Question {
  /** The end of message ids `harden.ask.…`: the check, or what its explicit value means. */
  readonly ask: CheckId | "linuxOnlyFields";
  readonly violation: Violation;
  /** Where it stands; empty where nothing stands. */
  readonly offenders: readonly Offender[];
}

export interface HardenedPod {
  /** Paths from the root of the template. */
  readonly edits: readonly HardeningEdit[];
  readonly questions: readonly Question[];
  /** What the edits leave refused: empty is the proof that admission takes the pod. */
  readonly remaining: readonly Violation[];
}

/** Set for the whole pod: the fields of the pod that cover its containers. */
const POD_FIELDS: Partial<Record<CheckId, HardeningEdit>> = {
  runAsNonRoot: { path: ["spec", "securityContext", "runAsNonRoot"], value: true },
  seccompProfile_restricted: { path: ["spec", "securityContext", "seccompProfile", "type"], value: "RuntimeDefault" },
};

/** Set for each container. */
const CONTAINER_VALUES: Partial<Record<CheckId, unknown>> = {
  allowPrivilegeEscalation: false,
  capabilities_restricted: ["ALL"],
};

/** Linear in the number of containers for each violation; `template` is as written. */
export function hardenPod(template: PodTemplate, policy: LevelVersion, cluster: KubernetesMinor): HardenedPod {
  const version = effectiveMinor(policy.version, cluster);
  const judge = (pod: PodTemplate): readonly Violation[] => evaluatePod(pod, policy.level, version).violations;
  const asPod = syncAppArmor(defaultPod(template), cluster);
  const edits: HardeningEdit[] = [];
  const questions: Question[] = [];
  for (const violation of judge(asPod)) {
    const offenders = locateOffenders(asPod, violation.check, version, template);
    const remedy = remedyOf(violation, offenders, template);
    edits.push(...remedy.edits);
    questions.push(...remedy.questions);
  }
  const remaining = judge(syncAppArmor(defaultPod(withEdits(template, edits)), cluster));
  return { edits, questions, remaining };
}

interface Remedy {
  readonly edits: readonly HardeningEdit[];
  readonly questions: readonly Question[];
}

/** Values that somebody wrote are asked about; what is merely missing is set. */
function remedyOf(violation: Violation, offenders: readonly Offender[], template: PodTemplate): Remedy {
  const { check } = violation;
  const podField = POD_FIELDS[check];
  const value = CONTAINER_VALUES[check];
  const isSettable = podField !== undefined || value !== undefined;
  if (isSettable && check !== "runAsNonRoot" && template.spec?.os?.name === "windows")
    return { edits: [], questions: [{ ask: "linuxOnlyFields", violation, offenders: [] }] };
  const asked = offenders.filter((offender) => isAsked(check, offender, template));
  if (!isSettable || asked.length > 0) {
    const others = value === undefined ? [] : setEach(check, offenders, value, template);
    return { edits: others, questions: [{ ask: check, violation, offenders: isSettable ? asked : offenders }] };
  }
  return { edits: podField === undefined ? setEach(check, offenders, value, template) : [podField], questions: [] };
}

/** A missing field, `allowPrivilegeEscalation: true` (which is the default) and a short drop list need no answer. */
function isAsked(check: CheckId, { path, absent }: Offender, template: PodTemplate): boolean {
  if (check === "allowPrivilegeEscalation") return !mayRefuseEscalation(template, path);
  if (check === "capabilities_restricted") return path.includes("add");
  return absent !== true;
}

function setEach(
  check: CheckId,
  offenders: readonly Offender[],
  value: unknown,
  template: PodTemplate,
): readonly HardeningEdit[] {
  return offenders.filter((offender) => !isAsked(check, offender, template)).map(({ path }) => ({ path, value }));
}

/** The API refuses allowPrivilegeEscalation false beside privileged true or an added SYS_ADMIN (core/validation). */
function mayRefuseEscalation(template: PodTemplate, path: Path): boolean {
  const at = path.slice(0, -1);
  const view = containersOf(template.spec ?? {}).find(({ path }) =>
    path.every((step, index) => at[index + 1] === step),
  );
  const context = view?.container.securityContext;
  const added = context?.capabilities?.add ?? [];
  const asksForAll = added.some((capability) => capability === "SYS_ADMIN" || capability === "CAP_SYS_ADMIN");
  return valueAt(template, [...at, "privileged"]) !== true && !asksForAll;
}
