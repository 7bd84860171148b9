// Pods that one controller made of one template differ in what makes each of them one: name, node, token volume. What
// rules say of the first holds for its twins, so that they are counted and not asked about. So it is with a template
// and its copy in the ReplicaSet or Job made of it.

import type { Resource } from "../../cluster/resource.ts";
import { valueAt, type Path } from "../../kubernetes/path.ts";
import { fingerprint } from "../../verdicts/fingerprint.ts";

/** Names this short could stand anywhere in a pod. */
const SHORTEST_NAME = 6;
/** The volume of the account's token, which the API server names at random (plugin/pkg/admission/serviceaccount). */
const TOKEN_VOLUME = /kube-api-access-[a-z0-9]{5}\b/g;
const INDEX_LABEL = "apps.kubernetes.io/pod-index";

/** Equal texts mean that every rule about a pod alone says the same of both. Linear in the size of the pod. */
export function twinText({ id, object }: Resource): string {
  const { labels, annotations } = object.metadata ?? {};
  const { [INDEX_LABEL]: _, ...shared } = labels ?? {};
  const spec = object["spec"];
  const node = valueAt(spec, ["nodeName"]);
  const text = JSON.stringify([shared, annotations ?? null, spec ?? null]).replace(TOKEN_VOLUME, "kube-api-access");
  return without(without(text, id.name, "*"), typeof node === "string" ? node : "", "@");
}

/** Labels that controllers and the API server add to the templates they copy. */
const ADDED: ReadonlySet<string> = new Set([
  "pod-template-hash",
  "controller-uid",
  "job-name",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-name",
]);
const TEMPLATES: Readonly<Record<string, Path>> = {
  "apps/Deployment": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
  "batch/Job": ["spec", "template"],
};
const NOBODY = { apiVersion: "", group: "", kind: "", namespace: "", name: "" };

/**
 * Equal for a template and its copy in what a controller makes of it; `undefined` for kinds whose templates are not
 * copied. A hash, because one is kept for each owner. Linear in the size of the template.
 */
export function templateText({ id, object }: Resource): string | undefined {
  const path = TEMPLATES[`${id.group}/${id.kind}`];
  const template = path === undefined ? undefined : valueAt(object, path);
  const spec = valueAt(template, ["spec"]);
  if (spec == null) return undefined;
  const labels = Object.entries(valueAt(template, ["metadata", "labels"]) ?? {}).filter(([name]) => !ADDED.has(name));
  const annotations = valueAt(template, ["metadata", "annotations"]) ?? {};
  return fingerprint(JSON.stringify([labels, annotations, spec]), NOBODY, "");
}

function without(text: string, name: string, sign: string): string {
  return name.length < SHORTEST_NAME ? text : text.replaceAll(name, sign);
}
