// Refusals in the API server's words (k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go,
// k8s.io/apimachinery/pkg/api/errors NewForbidden).

import { combinedResource, type Action } from "./action.ts";
import { goQuote } from "./go-quote.ts";

/** `pods "web" is forbidden: User "alice" cannot get resource "pods" in API group "" in the namespace "shop": REASON`. */
export function forbiddenMessage(user: string, action: Action, reason: string): string {
  const because = reason === "" ? "" : `: ${reason}`;
  const cannot = `User ${goQuote(user)} cannot ${action.verb}`;
  if (action.kind === "path") return `forbidden: ${cannot} path ${goQuote(action.path)}${because}`;
  const { apiGroup, resource, namespace, name } = action;
  const scope = namespace === "" ? "at the cluster scope" : `in the namespace ${goQuote(namespace)}`;
  const what = `resource ${goQuote(combinedResource(action))} in API group ${goQuote(apiGroup)}`;
  return forbidden(apiGroup, resource, name, `${cannot} ${what} ${scope}${because}`);
}

/** A refusal of a resource, for whatever reason. */
export function forbidden(apiGroup: string, resource: string, name: string, reason: string): string {
  const qualified = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  return `${qualified}${name === "" ? "" : ` ${goQuote(name)}`} is forbidden: ${reason}`;
}
