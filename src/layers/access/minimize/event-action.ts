// What the request of an audit event asked the authorizer for. The URI says it better than objectRef, into which the API
// server writes the name and namespace of the body (k8s.io/apiserver/pkg/audit/request.go LogRequestObject).

import type { Action } from "../action.ts";
import { actionOfRequest } from "../request-info.ts";

const METHODS: ReadonlyMap<string, string> = new Map([
  ["get", "GET"],
  ["list", "GET"],
  ["watch", "GET"],
  ["create", "POST"],
  ["post", "POST"],
  ["update", "PUT"],
  ["put", "PUT"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
  ["deletecollection", "DELETE"],
]);

/** `undefined` for what the API server would not have answered. Field selectors, which only nodes need, are left out. */
export function eventAction(verb: string, requestUri: string): Action | undefined {
  const method = METHODS.get(verb) ?? verb.toUpperCase();
  const action = actionOfRequest(method, requestUri, { nodeSelectors: false });
  if (action === undefined || action.kind === "path" || verb === "" || action.verb === verb) return action;
  return { ...action, verb };
}

/** Text that two actions share exactly when they are the same. */
export function actionKey(action: Action): string {
  return action.kind === "path"
    ? JSON.stringify([action.verb, action.path])
    : JSON.stringify([
        action.verb,
        action.apiGroup,
        action.resource,
        action.subresource,
        action.namespace,
        action.name,
      ]);
}
