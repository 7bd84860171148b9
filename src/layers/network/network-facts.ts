// What the network rules keep of each object: policies, namespaces, nodes and doors whole, of workloads only what the
// network sees of their pods.

import type { Resource } from "../../cluster/resource.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { ownCopy } from "../../kubernetes/own-copy.ts";
import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import type { ShapeProblem } from "../../kubernetes/shape.ts";
import type { Extraction, Projection } from "../../verdicts/projection.ts";
import { readPolicy, roleOf } from "./network-kinds.ts";

export interface NetworkFacts {
  /** The object as far as the engine reads it. */
  readonly object: KubernetesObject;
}

/** One for all network rules, so that their work is shared. */
export const NETWORK_FACTS: Projection<NetworkFacts> = { extract };

function extract(resource: Resource): Extraction<NetworkFacts> | undefined {
  const { id, object } = resource;
  const isCarrier = roleOf(id) === "carrier";
  if (isCarrier && id.group !== "kubevirt.io" && podTemplatesOf(object).length === 0) return undefined;
  const slim = prune(object, isCarrier ? NOT_OF_THE_NETWORK : NOT_OF_METADATA) as KubernetesObject; // type and metadata stay
  const problems = roleOf(id) === "policy" ? problemsOf(resource) : [];
  return { facts: { object: slim }, isJudged: true, ...(problems.length > 0 && { problems }) };
}

/** Fields of the wrong type: the policy takes no part, so what it would close is not known to be closed. */
function problemsOf(resource: Resource): readonly ShapeProblem[] {
  return readPolicy(resource).diagnostics.flatMap(({ code, path, arguments: values }) => {
    const { expected = "", found = "" } = values ?? {};
    return code === "malformed-field" ? [{ path, expected: `${expected}`, found: `${found}` }] : [];
  });
}

const NOT_OF_METADATA: ReadonlySet<string> = new Set(["managedFields"]);
/** Whose names are the user's own: a label may be called `env`. */
const MAPS: ReadonlySet<string> = new Set(["labels", "matchLabels", "nodeSelector"]);
const NOTHING: ReadonlySet<string> = new Set();
/** Fields of pods that no connection depends on, by name wherever they stand but in {@link MAPS}. */
const NOT_OF_THE_NETWORK: ReadonlySet<string> = new Set([
  "affinity",
  "annotations",
  "args",
  "command",
  "containerStatuses",
  "creationTimestamp",
  "dnsConfig",
  "dnsPolicy",
  "enableServiceLinks",
  "env",
  "envFrom",
  "ephemeralContainers",
  "generateName",
  "generation",
  "image",
  "imagePullPolicy",
  "imagePullSecrets",
  "initContainerStatuses",
  "lifecycle",
  "livenessProbe",
  "managedFields",
  "preemptionPolicy",
  "priority",
  "progressDeadlineSeconds",
  "qosClass",
  "readinessProbe",
  "resourceVersion",
  "resources",
  "revisionHistoryLimit",
  "schedulerName",
  "securityContext",
  "serviceAccount",
  "serviceAccountName",
  "startupProbe",
  "strategy",
  "terminationGracePeriodSeconds",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "tolerations",
  "topologySpreadConstraints",
  "uid",
  "updateStrategy",
  "volumeClaimTemplates",
  "volumeMounts",
  "volumes",
]);

/** A copy without some fields, that keeps no text of the file alive. */
function prune(value: unknown, without: ReadonlySet<string>): unknown {
  if (typeof value === "string") return ownCopy(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => prune(one, without));
  // Field by field: objects that get the same fields in the same order share their shape, which fromEntries' do not.
  const copy: { [name: string]: unknown } = {};
  const fields = value as Readonly<Record<string, unknown>>; // an object, and no list
  for (const name of Object.keys(fields)) {
    if (without.has(name) || name === "__proto__") continue;
    copy[ownCopy(name)] = prune(fields[name], MAPS.has(name) ? NOTHING : without);
  }
  return copy;
}
