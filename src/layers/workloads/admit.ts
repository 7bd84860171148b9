// What Pod Security admission would decide about one object: about the object itself (enforce binds Pods only), and
// about the pods it will stamp (pod-security-admission/admission/admission.go).

import type { ReadObject } from "../../cluster/read-resource.ts";
import { groupOf, type KubernetesObject } from "../../kubernetes/object.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { isPodCarrierKind, looksLikePodCarrier } from "../../kubernetes/pod-template.ts";
import { narrowPods } from "../../verdicts/pod-subjects.ts";
import { NEWEST_KNOWN_MINOR } from "../../kubernetes/kubernetes-version.ts";
import {
  aggregate,
  evaluatePod,
  type PolicyLevel,
  type PolicyVersion,
  type Violation,
} from "./pod-security/pod-security.ts";

export type AdmissionVerdict = "allowed" | "denied" | "not-applicable" | "not-evaluated";

export interface Admission {
  readonly resource: {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly isPod: boolean;
  readonly verdict: AdmissionVerdict;
  readonly violations: readonly Violation[];
  /** The violations joined as admission joins them; for `not-evaluated`, what could not be read. */
  readonly reason: string;
  readonly detail: string;
}

type Read = Exclude<ReadObject, { readonly kind: "not-kubernetes" }>;

/** Judges one object. Nothing is validated beyond the types that the API server must decode. */
export function admitObject(read: Read, value: unknown, level: PolicyLevel, version: PolicyVersion): Admission {
  if (read.kind === "invalid") {
    const first = read.problems[0];
    return unevaluated(namesIn(value), problemText(first?.path ?? [], first?.expected ?? "", first?.found ?? ""));
  }
  const { object, id } = read;
  const { apiVersion, kind, namespace, name } = id;
  const resource = namespace === "" ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
  if (!isPodCarrierKind(object.apiVersion, object.kind)) {
    if (looksLikePodCarrier(object))
      return unevaluated(resource, `kind ${kind} (${apiVersion}): no known pod template`);
    return { resource, isPod: false, verdict: "not-applicable", violations: [], reason: "", detail: "" };
  }
  return admitPods(object, resource, level, version);
}

function admitPods(
  object: KubernetesObject,
  resource: Admission["resource"],
  level: PolicyLevel,
  version: PolicyVersion,
): Admission {
  const isPod = groupOf(object.apiVersion) === "" && object.kind === "Pod";
  const { pods, problems } = narrowPods(object, NEWEST_KNOWN_MINOR);
  const [problem] = problems;
  if (problem !== undefined) return unevaluated(resource, problemText(problem.path, problem.expected, problem.found));
  if (pods.length === 0) return { resource, isPod, verdict: "not-applicable", violations: [], reason: "", detail: "" };
  const violations = pods.flatMap(({ defaulted }) => evaluatePod(defaulted, level, version).violations);
  const verdict = violations.length === 0 ? "allowed" : "denied";
  return { resource, isPod, verdict, violations, ...aggregate({ violations }) };
}

function problemText(path: readonly (string | number)[], expected: string, found: string): string {
  return `${formatPath(path)}: expected ${expected}, found ${found}`;
}

function unevaluated(resource: Admission["resource"], detail: string): Admission {
  return { resource, isPod: false, verdict: "not-evaluated", violations: [], reason: detail, detail };
}

/** Whatever of the identity can be read of an object that is not well-formed. */
function namesIn(value: unknown): Admission["resource"] {
  const { apiVersion, kind, metadata } = value as Record<string, unknown>; // readObject refused anything but objects
  const { namespace, name } = (metadata !== null && typeof metadata === "object" ? metadata : {}) as Record<
    string,
    unknown
  >; // any object
  return {
    ...textOf("apiVersion", apiVersion),
    ...textOf("kind", kind),
    ...textOf("namespace", namespace),
    ...textOf("name", name),
  };
}

function textOf(key: string, field: unknown): object {
  return typeof field === "string" ? { [key]: field } : {};
}
