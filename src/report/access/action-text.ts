// A question as people and documents say it.

import { combinedResource, type Action } from "../../layers/access/action.ts";
import { printable } from "../printable.ts";

/** `get secrets in shop`, `create pods/exec`, `get deployments.apps/web in shop`, `get /metrics`. */
export function actionText(action: Action): string {
  if (action.kind === "path") return printable(`${action.verb} ${action.path}`);
  const { verb, apiGroup, namespace, name } = action;
  const group = apiGroup === "" ? "" : `.${apiGroup}`;
  const named = name === "" ? "" : ` "${name}"`;
  const place = namespace === "" ? "" : ` -n ${namespace}`;
  return printable(`${verb} ${combinedResource(action)}${group}${named}${place}`);
}

export function actionDocument(action: Action): object {
  if (action.kind === "path") return { verb: action.verb, path: action.path };
  const { verb, apiGroup, resource, subresource, namespace, name } = action;
  const fields = { verb, group: apiGroup, resource, subresource, namespace, name };
  return Object.fromEntries(Object.entries(fields).filter(([field, value]) => value !== "" || field === "group"));
}
