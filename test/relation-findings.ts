// What a rule says of a few objects taken together: what tests of relation rules use.

import { createRun } from "../src/controls/run.ts";
import type { Tally } from "../src/controls/tally.ts";
import type { Provenance } from "../src/cluster/resource.ts";
import { NEWEST_KNOWN_MINOR, type KubernetesMinor } from "../src/kubernetes/kubernetes-version.ts";
import type { Finding } from "../src/verdicts/finding.ts";
import type { Rule } from "../src/verdicts/rule.ts";

export interface Judged {
  /** `Kind/name: key`, in the order found. */
  readonly found: readonly string[];
  readonly findings: readonly Finding[];
  readonly tally: Tally | undefined;
}

interface JudgeOptions {
  readonly minor?: KubernetesMinor;
  readonly provenance?: Provenance;
}

/** Runs one rule over objects; those without a namespace are in `default`. */
export function judge(rule: Rule, objects: readonly object[], options: JudgeOptions = {}): Judged {
  const { minor = NEWEST_KNOWN_MINOR, provenance = { kind: "file", file: "objects.yaml" } } = options;
  const run = createRun({ rules: [rule], minor, defaultNamespace: "default", isInScope: () => true });
  for (const object of objects) run.add(object, () => undefined, provenance);
  const { findings, tallies } = run.finish();
  return {
    findings,
    found: findings.map(({ resource, key }) => `${resource.kind}/${resource.name}: ${key}`),
    tally: tallies.get(rule),
  };
}

/** An object of a kind, with a name and further fields. */
export function objectOf(type: string, name: string, fields: object = {}, namespace = "default"): object {
  const [apiVersion, kind] = type.includes(" ") ? type.split(" ") : ["v1", type];
  return { apiVersion, kind, metadata: { name, namespace }, ...fields };
}

/** A Deployment of pods with a label `app` of its name and this pod spec. */
export function deploymentOf(name: string, spec: object = {}, own: object = {}): object {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "app" }], ...spec } };
  return objectOf("apps/v1 Deployment", name, { spec: { selector: { matchLabels: labels }, ...own, template } });
}
