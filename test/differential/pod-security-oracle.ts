// Asks a real API server what its Pod Security admission says, and our engine the same question.

import { syncAppArmor } from "../../src/kubernetes/app-armor-annotations.ts";
import { defaultPod, defaultTemplate } from "../../src/kubernetes/pod-defaults.ts";
import { podTemplate, type PodTemplate } from "../../src/kubernetes/pod.ts";
import { narrow } from "../../src/kubernetes/shape.ts";
import {
  aggregate,
  evaluatePod,
  formatPolicyVersion,
  type PolicyLevel,
  type PolicyVersion,
} from "../../src/layers/workloads/pod-security/pod-security.ts";
import type { Answer } from "../servers/api-request.ts";
import type { ControlPlane } from "../servers/control-plane.ts";
import { asWordedBy } from "./earlier-wording.ts";

export interface Policy {
  readonly level: PolicyLevel;
  readonly version: PolicyVersion;
}

/** A namespace with its labels. */
export interface LabelledNamespace {
  readonly name: string;
  readonly enforce: Policy;
  readonly warn: Policy;
}

/** What admission said: the texts of the denial and of the warning, where there is one. */
export interface Saying {
  readonly denial: string | undefined;
  readonly warning: string | undefined;
}

export const PRIVILEGED: Policy = { level: "privileged", version: "latest" };

/**
 * For both levels and every policy version up to one beyond the server's: a namespace that enforces it (and warns of
 * another), and one that only warns of it.
 */
export async function createNamespaces(
  controlPlane: ControlPlane,
  serverMinor: number,
  namePrefix = "",
): Promise<readonly LabelledNamespace[]> {
  const versions: readonly PolicyVersion[] = [
    "latest",
    ...Array.from({ length: serverMinor + 2 }, (_, minor) => minor),
  ];
  const levels = ["baseline", "restricted"] as const;
  const policies = levels.flatMap((level) => versions.map((version) => ({ level, version })));
  const namespaces = policies.flatMap((policy, index) => [
    {
      name: `${namePrefix}enforce-${index}`,
      enforce: policy,
      warn: policies[(index * 7 + 3) % policies.length] ?? policy,
    },
    { name: `${namePrefix}warn-${index}`, enforce: PRIVILEGED, warn: policy },
  ]);
  await Promise.all(namespaces.map(({ name, ...labels }) => controlPlane.createNamespace(name, labelsOf(labels))));
  return namespaces;
}

export function labelsOf(policies: Readonly<Record<string, Policy>>): Record<string, string> {
  const prefix = "pod-security.kubernetes.io";
  const labels = Object.entries(policies).flatMap(([mode, { level, version }]) => [
    [`${prefix}/${mode}`, level],
    [`${prefix}/${mode}-version`, formatPolicyVersion(version)],
  ]);
  return Object.fromEntries(labels) as Record<string, string>; // pairs of strings, as built above
}

/** What the server said, or `undefined` where it refused the object for another reason than Pod Security. */
export function sayingOf(answer: Answer): Saying | undefined {
  const warning = answer.warnings.find((text) => text.startsWith("would violate PodSecurity"));
  if (answer.status === 200 || answer.status === 201) return { denial: undefined, warning };
  const { message } = answer.body as { readonly message: string }; // every error is a Status
  const at = message.indexOf(" is forbidden: violates PodSecurity ");
  if (answer.status === 403 && at !== -1) return { denial: message, warning };
  if (answer.status === 422 || answer.status === 400) return undefined;
  throw new Error(`unexpected answer ${answer.status}: ${answer.text}`);
}

/** What our engine says of a pod that is created in the namespace; `object` is its JSON as it is sent. */
export function ourSayingOfNewPod(object: unknown, namespace: LabelledNamespace, serverMinor: number): Saying {
  return sayingOfPod(syncAppArmor(defaultPod(narrowed(object)), serverMinor), namespace, serverMinor);
}

/** What our engine says of a pod that runs in the namespace and is changed; `object` is its JSON as it would be stored. */
export function ourSayingOfChangedPod(object: unknown, namespace: LabelledNamespace, serverMinor: number): Saying {
  return sayingOfPod(defaultPod(narrowed(object)), namespace, serverMinor);
}

/** What our engine says of the template of a controller, of which admission only warns. */
export function ourSayingOfTemplate(template: unknown, namespace: LabelledNamespace, serverMinor: number): Saying {
  const pod = defaultTemplate(narrowed(template), serverMinor);
  return { denial: undefined, warning: warningOf(pod, namespace, serverMinor) };
}

/** Whether both say the same, but for what HTTP does to warnings. */
export function isSameSaying(theirs: Saying, ours: Saying): boolean {
  return theirs.denial === ours.denial && isSameWarning(theirs.warning, ours.warning);
}

const CONTROL_CHARACTER = /\p{Cc}/u;
const TRUNCATED_CHARACTERS = 256;

// apiserver/pkg/endpoints/filters/warning.go: a text with a control character is not sent, and all are cut when they
// are too long together.
function isSameWarning(theirs: string | undefined, ours: string | undefined): boolean {
  if (theirs === ours) return true;
  if (ours === undefined) return false;
  if (theirs === undefined) return CONTROL_CHARACTER.test(ours);
  return [...theirs].length === TRUNCATED_CHARACTERS && ours.startsWith(theirs);
}

function sayingOfPod(pod: PodTemplate, namespace: LabelledNamespace, serverMinor: number): Saying {
  const denial = violationText(pod, namespace.enforce, serverMinor);
  if (denial === undefined) return { denial, warning: warningOf(pod, namespace, serverMinor) };
  const name = JSON.stringify(pod.metadata?.name ?? "");
  return { denial: `pods ${name} is forbidden: violates ${denial}`, warning: undefined };
}

function narrowed(object: unknown): PodTemplate {
  const answer = narrow(podTemplate, object);
  if (answer.ok) return answer.value;
  throw new Error(`the shape refuses what the API server takes: ${JSON.stringify(answer.problems)}`);
}

function warningOf(pod: PodTemplate, { warn }: LabelledNamespace, serverMinor: number): string | undefined {
  const text = violationText(pod, warn, serverMinor);
  return text === undefined ? undefined : `would violate ${text}`;
}

/** `PodSecurity "level:version": detail`, where the pod violates the policy on a server that knows no newer minor. */
function violationText(pod: PodTemplate, { level, version }: Policy, serverMinor: number): string | undefined {
  const known = version === "latest" || version > serverMinor ? serverMinor : version;
  const evaluation = evaluatePod(pod, level, known);
  if (evaluation.allowed) return undefined;
  const detail = asWordedBy(serverMinor, aggregate(evaluation).detail);
  return `PodSecurity "${level}:${formatPolicyVersion(version)}": ${detail}`;
}
