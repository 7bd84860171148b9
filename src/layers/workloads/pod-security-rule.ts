// The template of rules that ask one Pod Security check. Where a restricted check widens a baseline one, the rule
// reports only what the baseline rule does not, so that one field is never two findings.

import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import { formatPath, valueAt } from "../../kubernetes/path.ts";
import type { Evidence } from "../../verdicts/evidence.ts";
import { NOT_APPLICABLE, PASS, type Failure, type Outcome } from "../../verdicts/outcome.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { PodRule, RuleContext } from "../../verdicts/rule.ts";
import type { CheckId, CheckRevision } from "./pod-security/check.ts";
import type { Offender } from "./pod-security/offender.ts";
import { viewPod, type PodView } from "./pod-security/pod-view.ts";
import { NEWEST_POLICY_MINOR } from "./pod-security/policy-version.ts";
import { CHECKS, revisionAt } from "./pod-security/registry.ts";

export interface PodSecurityRuleOptions extends Omit<PodRule, "scope" | "reads" | "evaluate"> {
  readonly check: CheckId;
  /** The baseline check whose offenders have a rule of their own. */
  readonly beyond?: CheckId;
  /** Leaves out what another rule reports, or what the API server would not let anybody change. */
  readonly only?: (offender: Offender, pod: PodSubject) => boolean;
  /** How the message shows a value, where the field itself is not what a person wants to read. */
  readonly shown?: (offender: Offender) => string;
}

/**
 * A rule over every Pod and pod template: fails where the check of the cluster's own minor refuses the pod. One failure
 * for each container, volume or other list element, or one for a field of the pod. Messages may use `{name}` (empty for
 * a field of the pod), `{value}`, and `{containers|Container |Pod}` to say which of the two it is.
 */
export function podSecurityRule({
  check,
  beyond,
  only,
  shown = printed,
  ...metadata
}: PodSecurityRuleOptions): PodRule {
  const ofCheck = revisions(check);
  const ofOther = beyond === undefined ? undefined : revisions(beyond);
  return {
    ...metadata,
    scope: "pod",
    reads: ["pod templates"],
    evaluate: (pod, context) => {
      const revision = ofCheck(context);
      if (revision === undefined) return NOT_APPLICABLE;
      const view = viewOf(pod);
      if (revision.evaluate(view) === undefined) return PASS;
      const other = ofOther?.(context);
      const others = other?.evaluate(view) === undefined ? undefined : pathsOf(other.locate(view));
      const offenders = revision
        .locate(view)
        .filter(
          (offender) =>
            !others?.has(formatPath(offender.path)) && only?.(offender, pod) !== false && isDeclared(pod, offender),
        );
      return offenders.length === 0 ? PASS : failuresOf(pod, offenders, shown);
    },
  };
}

/** Asks whether a check of the cluster's own minor refuses a pod: for rules that leave such pods to the check's rule. */
export function refusalBy(check: CheckId): (pod: PodSubject, context: RuleContext) => boolean {
  const ofCheck = revisions(check);
  return (pod, context) => ofCheck(context)?.evaluate(viewOf(pod)) !== undefined;
}

/** The revision of a check at the cluster's minor: looked up once, not once per pod. */
function revisions(id: CheckId): (context: RuleContext) => CheckRevision | undefined {
  const check = CHECKS.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no Pod Security check ${id}`);
  let known: { readonly minor: KubernetesMinor; readonly revision: CheckRevision | undefined } | undefined;
  return ({ minor }) => {
    if (known?.minor !== minor) known = { minor, revision: revisionAt(check, Math.min(minor, NEWEST_POLICY_MINOR)) };
    return known.revision;
  };
}

let last: { readonly pod: PodSubject; readonly view: PodView } | undefined;

/** Rules ask about one pod after another: the last view is the one asked for. */
function viewOf(pod: PodSubject): PodView {
  if (last?.pod !== pod) last = { pod, view: viewPod(pod.defaulted) };
  return last.view;
}

function pathsOf(offenders: readonly Offender[]): ReadonlySet<string> {
  return new Set(offenders.map(({ path }) => formatPath(path)));
}

/** A host port that API defaulting copies from a container port is the host network's doing, which has its own rule. */
function isDeclared(pod: PodSubject, { path }: Offender): boolean {
  return path.at(-1) !== "hostPort" || (valueAt(pod.template, path) ?? 0) !== 0;
}

interface Group {
  readonly subject: Subject;
  readonly offenders: Offender[];
}

function failuresOf(
  pod: PodSubject,
  offenders: readonly Offender[],
  shown: (offender: Offender) => string,
): readonly Outcome[] {
  const groups = new Map<string, Group>();
  for (const offender of offenders) {
    const subject = subjectOf(pod, offender);
    const group = groups.get(subject.key);
    if (group === undefined) groups.set(subject.key, { subject, offenders: [offender] });
    else group.offenders.push(offender);
  }
  return [...groups.values()].map((group) => failure(pod, group, shown));
}

/** Whom a failure is about. */
interface Subject {
  readonly key: string;
  /** Empty for a field of the pod. */
  readonly name: string;
  /** 1 where `name` is a container's. */
  readonly containers: 0 | 1;
}

function subjectOf(pod: PodSubject, { path, containerName }: Offender): Subject {
  if (containerName !== undefined) return { key: containerName, name: containerName, containers: 1 };
  const index = path.findIndex((segment) => typeof segment === "number");
  if (index !== -1) {
    const name = nameOf(valueAt(pod.defaulted, path.slice(0, index + 1))) ?? String(path[index]);
    return { key: `${path.slice(1, index).join(".")}/${name}`, name, containers: 0 };
  }
  if (path[0] !== "metadata") return { key: path.slice(1).join("."), name: "", containers: 0 };
  const annotation = String(path.at(-1)); // its name ends in a container's
  return { key: `annotations.${annotation}`, name: annotation.slice(annotation.lastIndexOf("/") + 1), containers: 1 };
}

function nameOf(element: unknown): string | undefined {
  if (element === null || typeof element !== "object" || !("name" in element)) return undefined;
  return typeof element.name === "string" ? element.name : undefined;
}

function failure(
  pod: PodSubject,
  { subject: { key, ...subject }, offenders }: Group,
  shown: (offender: Offender) => string,
): Failure {
  const values = offenders.flatMap((offender) => (offender.absent === true ? [] : [shown(offender)]));
  return {
    kind: "fail",
    key,
    arguments: { ...subject, value: [...new Set(values)].join(", ") },
    evidence: offenders.map((offender) => evidenceOf(pod, offender)),
  };
}

function printed({ value }: Offender): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function evidenceOf(pod: PodSubject, offender: Offender): Evidence {
  const path = [...pod.at, ...offender.path];
  if (offender.absent !== true) return { path, value: offender.value };
  return offender.defaultValue === undefined
    ? { path, absent: true }
    : { path, absent: true, default: offender.defaultValue };
}
