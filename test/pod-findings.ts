// What one rule finds in a pod, in a form that tests read at a glance.

import { createRun, type RunResult } from "../src/controls/run.ts";
import { NEWEST_KNOWN_MINOR, type KubernetesMinor } from "../src/kubernetes/kubernetes-version.ts";
import { formatPath } from "../src/kubernetes/path.ts";
import type { Finding } from "../src/verdicts/finding.ts";
import type { Rule } from "../src/verdicts/rule.ts";

/** A Pod with this spec. */
export function podOf(spec: object, metadata: object = {}): object {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "p", ...metadata }, spec };
}

/** A spec with one container of every kind, each with the same fields: `init`, `sidecar`, `main`, `debug`. */
export function everyContainer(fields: object): object {
  return {
    initContainers: [
      { name: "init", ...fields },
      { name: "sidecar", restartPolicy: "Always", ...fields },
    ],
    containers: [{ name: "main", ...fields }],
    ephemeralContainers: [{ name: "debug", ...fields }],
  };
}

/** The findings of one rule over one object, or over several that relate to each other. */
export function findingsOf(
  rule: Rule,
  objects: object | readonly object[],
  minor: KubernetesMinor = NEWEST_KNOWN_MINOR,
): readonly Finding[] {
  return runOver(rule, objects, minor).findings;
}

function runOver(rule: Rule, objects: object | readonly object[], minor: KubernetesMinor): RunResult {
  const run = createRun({ rules: [rule], minor, defaultNamespace: "default", isInScope: () => true });
  for (const object of [objects].flat()) run.add(object, () => undefined, { kind: "file", file: "test" });
  return run.finish();
}

/** The stable keys of the findings: container, volume or field names. */
export function keysOf(rule: Rule, object: object | readonly object[], minor?: KubernetesMinor): readonly string[] {
  return findingsOf(rule, object, minor).map(({ key }) => key);
}

/** All evidence of the findings, as `path: value` or `path: unset`. */
export function evidenceOf(rule: Rule, object: object | readonly object[], minor?: KubernetesMinor): readonly string[] {
  return findingsOf(rule, object, minor).flatMap(({ evidence }) =>
    evidence.map(({ path, value, absent, redacted }) => {
      const text = redacted === true ? "redacted" : absent === true ? "unset" : JSON.stringify(value);
      return `${formatPath(path)}: ${text}`;
    }),
  );
}

/** Whether the rule does not apply to the object. */
export function isNotApplicable(rule: Rule, object: object, minor: KubernetesMinor = NEWEST_KNOWN_MINOR): boolean {
  return runOver(rule, object, minor).tallies.get(rule)?.["not-applicable"] === 1;
}
