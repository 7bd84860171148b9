// Pods that one controller made of one template differ in what makes each of them one: name, node, token volume. What
// rules say of the first holds for its twins, so that they are counted and not asked about.

import type { Resource } from "../../cluster/resource.ts";
import { valueAt } from "../../kubernetes/path.ts";

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

function without(text: string, name: string, sign: string): string {
  return name.length < SHORTEST_NAME ? text : text.replaceAll(name, sign);
}
