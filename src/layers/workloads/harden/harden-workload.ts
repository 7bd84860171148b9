// One workload brought to a level: every template in it, proved by evaluating the result again.

import { containersOf } from "../../../kubernetes/containers.ts";
import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { narrowPods } from "../../../verdicts/pod-subjects.ts";
import type { LevelVersion } from "../pod-security/admission/admission.ts";
import type { Violation } from "../pod-security/pod-security.ts";
import type { Carrier } from "../predict/carrier.ts";
import { podsOf } from "../predict/carrier.ts";
import { violationsOn } from "../predict/cluster-policy.ts";
import { cautionsOf, type Caution } from "./cautions.ts";
import { withEdits, type HardeningEdit } from "./edit.ts";
import { hardenPod, type Question } from "./harden-pod.ts";

export interface HardenedWorkload {
  readonly carrier: Carrier;
  /** As read. */
  readonly object: KubernetesObject;
  /**
   * `admitted`: as it is. `hardened`: with the edits, which were proved. `undecided`: a question is open.
   * `made`: by an owner that is not in the input, and which alone can be changed.
   */
  readonly state: "admitted" | "hardened" | "undecided" | "made";
  /** Paths from the root of the object. For `undecided`, what can be set whatever the answers are. */
  readonly edits: readonly HardeningEdit[];
  readonly questions: readonly Question[];
  readonly cautions: readonly Caution[];
  /** It exists, and its pod cannot be changed in place: it must be deleted and created again. */
  readonly isImmutable: boolean;
  /** With the edits; the same object where there are none. */
  readonly hardened: KubernetesObject;
  /** The carrier as it is once the edits are applied; where they are not (a question is open), as it is. */
  readonly result: Carrier;
  /** What admission would refuse as it is, and with the edits. */
  readonly before: readonly Violation[];
  readonly after: readonly Violation[];
}

export interface HardenOptions {
  readonly policy: LevelVersion;
  readonly minor: KubernetesMinor;
  /** Also make root file systems read-only, which no level asks for. */
  readonly readOnlyRoot: boolean;
}

/** What a controller made is not changed: the controller would only make it again. */
export function hardenWorkload(carrier: Carrier, object: KubernetesObject, options: HardenOptions): HardenedWorkload {
  const { policy, minor } = options;
  const edits: HardeningEdit[] = [];
  const questions: Question[] = [];
  const cautions: Caution[] = [];
  for (const { place, template } of narrowPods(object, minor).pods) {
    const pod = hardenPod(template, policy, minor);
    const all = [...pod.edits, ...(options.readOnlyRoot ? readOnlyRootEdits(template.spec) : [])];
    edits.push(...all.map(({ path, value }) => ({ path: [...place.path, ...path], value })));
    questions.push(...pod.questions);
    cautions.push(...cautionsOf(template, all));
  }
  const hardened = withEdits(object, edits);
  const before = violationsOn(podsOf(carrier, minor), policy, minor);
  const templates = narrowPods(hardened, minor).pods.map(({ template }) => template);
  const after = violationsOn(podsOf({ ...carrier, templates }, minor), policy, minor);
  const state = stateOf(carrier, edits, after);
  const isJob = carrier.id.group === "batch" && carrier.id.kind === "Job";
  return {
    carrier,
    object,
    state,
    edits,
    questions,
    cautions,
    isImmutable: carrier.isLive && (carrier.isPod || isJob),
    hardened,
    result: state === "hardened" ? { ...carrier, templates } : carrier,
    before,
    after,
  };
}

function stateOf(
  carrier: Carrier,
  edits: readonly HardeningEdit[],
  after: readonly Violation[],
): HardenedWorkload["state"] {
  if (edits.length === 0 && after.length === 0) return "admitted";
  if (carrier.owner !== undefined) return "made";
  return after.length === 0 ? "hardened" : "undecided";
}

type Spec = Parameters<typeof containersOf>[0] | null | undefined;

function readOnlyRootEdits(spec: Spec): readonly HardeningEdit[] {
  if (spec?.os?.name === "windows") return [];
  return containersOf(spec ?? {})
    .filter(({ kind, container }) => kind !== "ephemeral" && container.securityContext?.readOnlyRootFilesystem == null)
    .map(({ path }) => ({ path: ["spec", ...path, "securityContext", "readOnlyRootFilesystem"], value: true }));
}
