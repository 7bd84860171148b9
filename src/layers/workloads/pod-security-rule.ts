// The template of rules that ask one Pod Security check. Where a restricted check widens a baseline one, the rule
// reports only what the baseline rule does not, so that one field is never two findings.

import type { Path } from "../../kubernetes/path.ts";
import { formatPath } from "../../kubernetes/path.ts";
import type { Evidence } from "../../verdicts/evidence.ts";
import { NOT_APPLICABLE, PASS, type Failure, type Outcome } from "../../verdicts/outcome.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { PodRule, RuleContext } from "../../verdicts/rule.ts";
import type { Check, CheckId } from "./pod-security/check.ts";
import type { Offender } from "./pod-security/offender.ts";
import { viewPod, type PodView } from "./pod-security/pod-view.ts";
import { NEWEST_POLICY_MINOR } from "./pod-security/policy-version.ts";
import { CHECKS, revisionAt } from "./pod-security/registry.ts";

export interface PodSecurityRuleOptions extends Omit<PodRule, "scope" | "reads" | "evaluate"> {
  readonly check: CheckId;
  /** The baseline check whose offenders have a rule of their own. */
  readonly beyond?: CheckId;
  /** Narrows a check over several fields to one of them. */
  readonly only?: (offender: Offender, pod: PodSubject) => boolean;
}

/** A rule over every Pod and pod template: fails where the check of the cluster's own minor refuses the pod. */
export function podSecurityRule({ check, beyond, only, ...metadata }: PodSecurityRuleOptions): PodRule {
  const definition = checkById(check);
  return {
    ...metadata,
    scope: "pod",
    reads: ["pod templates"],
    evaluate: (pod, context) => {
      const revision = revisionAt(definition, policyMinor(context));
      if (revision === undefined) return NOT_APPLICABLE;
      const view = viewOf(pod);
      if (revision.evaluate(view) === undefined) return PASS;
      const others = beyond === undefined ? undefined : pathsOf(revisionAt(checkById(beyond), policyMinor(context))?.locate(view));
      const offenders = revision.locate(view).filter((offender) =>
        !others?.has(formatPath(offender.path)) && only?.(offender, pod) !== false && isDeclared(pod, offender));
      return failuresOf(pod, offenders);
    },
  };
}

function checkById(id: CheckId): Check {
  const check = CHECKS.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no Pod Security check ${id}`);
  return check;
}

function policyMinor({ minor }: RuleContext): number {
  return Math.min(minor, NEWEST_POLICY_MINOR);
}

const views = new WeakMap<PodSubject, PodView>();

function viewOf(pod: PodSubject): PodView {
  let view = views.get(pod);
  if (view === undefined) {
    view = viewPod(pod.defaulted);
    views.set(pod, view);
  }
  return view;
}

function pathsOf(offenders: readonly Offender[] = []): ReadonlySet<string> {
  return new Set(offenders.map(({ path }) => formatPath(path)));
}

/** A host port that API defaulting copies from a container port is the host network's doing, which has its own rule. */
function isDeclared(pod: PodSubject, offender: Offender): boolean {
  return offender.path.at(-1) !== "hostPort" || pod.defaulted === pod.template || hasOwnPath(pod.template, offender.path);
}

function hasOwnPath(root: unknown, path: Path): boolean {
  let value = root;
  for (const segment of path) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, segment)) return false;
    value = (value as Record<string | number, unknown>)[segment]; // own property, just checked
  }
  return value != null;
}

function failuresOf(pod: PodSubject, offenders: readonly Offender[]): readonly Outcome[] {
  const groups = new Map<string, Offender[]>();
  for (const offender of offenders) {
    const key = offender.containerName ?? keyOf(pod, offender.path);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [offender]);
    else group.push(offender);
  }
  return [...groups].map(([key, group]) => failure(pod, key, group));
}

/** Without a container, the field with the names of list elements instead of their indexes: `volumes/host-etc`. */
function keyOf(pod: PodSubject, path: Path): string {
  const steps: string[] = [];
  let value: unknown = pod.defaulted;
  for (const segment of path) {
    value = value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[segment] : undefined; // read only
    if (typeof segment === "number") return [...steps, nameOf(value) ?? String(segment)].join("/");
    if (segment !== "spec" && segment !== "metadata") steps.push(segment);
  }
  return steps.join(".");
}

function nameOf(element: unknown): string | undefined {
  if (element === null || typeof element !== "object" || !("name" in element)) return undefined;
  return typeof element.name === "string" ? element.name : undefined;
}

function failure(pod: PodSubject, key: string, group: readonly Offender[]): Failure {
  const [first] = group;
  const name = first?.containerName ?? key.slice(key.lastIndexOf("/") + 1);
  const value = first === undefined || first.absent === true ? "" : printed(first.value);
  return { kind: "fail", key, arguments: { name, value }, evidence: group.map((offender) => evidenceOf(pod, offender)) };
}

function printed(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function evidenceOf(pod: PodSubject, offender: Offender): Evidence {
  const path = [...pod.at, ...offender.path];
  if (offender.absent !== true) return { path, value: offender.value };
  return offender.defaultValue === undefined ? { path, absent: true } : { path, absent: true, default: offender.defaultValue };
}
