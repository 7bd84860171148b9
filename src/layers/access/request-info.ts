// From an HTTP request to the action the API server authorizes (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go).

import { pathAction, type Action, type ResourceAction } from "./action.ts";
import { nameSelected, parseFieldSelector } from "./field-selector.ts";
import type { AccessFeatures } from "./minor-differences.ts";

const VERBS: ReadonlyMap<string, string> = new Map([
  ["POST", "create"],
  ["GET", "get"],
  ["HEAD", "get"],
  ["PUT", "update"],
  ["PATCH", "patch"],
  ["DELETE", "delete"],
]);
const PATH_VERBS: ReadonlySet<string> = new Set(["proxy", "watch"]);
const NAMESPACE_SUBRESOURCES: ReadonlySet<string> = new Set(["status", "finalize"]);
const WITH_SELECTORS: ReadonlySet<string> = new Set(["list", "watch", "deletecollection"]);

/**
 * The action of a request; `undefined` where the API server answers "bad request". `uri` is the path with its query, as
 * in an audit event's requestURI.
 */
export function actionOfRequest(
  method: string,
  uri: string,
  features: Pick<AccessFeatures, "nodeSelectors">,
): Action | undefined {
  const question = uri.indexOf("?");
  const path = decoded(question === -1 ? uri : uri.slice(0, question));
  const query = parseQuery(question === -1 ? "" : uri.slice(question + 1));
  const parts = path.replaceAll(/^\/+|\/+$/g, "").split("/");
  const prefix = parts[0];
  const isCore = prefix === "api";
  if ((!isCore && prefix !== "apis") || parts.length < (isCore ? 3 : 4)) return pathAction(method.toLowerCase(), path);
  const apiGroup = isCore ? "" : (parts[1] ?? "");
  const rest = parts.slice(isCore ? 2 : 3);
  const isPathVerb = PATH_VERBS.has(rest[0] ?? "");
  if (isPathVerb && rest.length < 2) return undefined;
  const verb = isPathVerb ? (rest[0] ?? "") : (VERBS.get(method) ?? "");
  const named = namedResource(isPathVerb ? rest.slice(1) : rest, verb);
  const action = withSelectedName({ kind: "resource", verb, apiGroup, ...named }, query);
  if (isPathVerb || !features.nodeSelectors || !WITH_SELECTORS.has(action.verb)) return action;
  const fieldSelector = parseFieldSelector(query.get("fieldSelector")?.[0] ?? "") ?? [];
  return fieldSelector.length === 0 ? action : { ...action, fieldSelector };
}

function namedResource(
  parts: readonly string[],
  verb: string,
): Pick<ResourceAction, "namespace" | "resource" | "name" | "subresource"> {
  const isInNamespace = parts[0] === "namespaces" && parts.length > 1;
  const namespace = isInNamespace ? (parts[1] ?? "") : "";
  const isOfNamespace = parts.length > 2 && !NAMESPACE_SUBRESOURCES.has(parts[2] ?? "");
  const own = isInNamespace && isOfNamespace ? parts.slice(2) : parts;
  return {
    namespace,
    resource: own[0] ?? "",
    name: own[1] ?? "",
    subresource: verb === "proxy" ? "" : (own[2] ?? ""),
  };
}

function withSelectedName(action: ResourceAction, query: Query): ResourceAction {
  if (action.name !== "") return action;
  if (action.verb === "delete") return { ...action, verb: "deletecollection" };
  if (action.verb !== "get") return action;
  const verb = isTrue(query.get("watch")) ? "watch" : "list";
  const selector =
    isNumber(query.get("limit")) && isNumber(query.get("timeoutSeconds")) ? query.get("fieldSelector") : undefined;
  const name = nameSelected(parseFieldSelector(selector?.[0] ?? "") ?? []) ?? "";
  return { ...action, verb, name: isPathSegment(name) ? name : "" };
}

type Query = ReadonlyMap<string, readonly string[]>;

function parseQuery(text: string): Query {
  const query = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "" || pair.includes(";")) continue;
    const equals = pair.indexOf("=");
    const key = decoded((equals === -1 ? pair : pair.slice(0, equals)).replaceAll("+", " "));
    const value = equals === -1 ? "" : decoded(pair.slice(equals + 1).replaceAll("+", " "));
    const values = query.get(key);
    if (values === undefined) query.set(key, [value]);
    else values.push(value);
  }
  return query;
}

function isTrue(values: readonly string[] | undefined): boolean {
  const value = values?.[0]?.toLowerCase();
  return value !== undefined && value !== "false" && value !== "0";
}

function isNumber(values: readonly string[] | undefined): boolean {
  return values === undefined || /^[+-]?\d+$/.test(values[0] ?? "");
}

function isPathSegment(name: string): boolean {
  return name !== "." && name !== ".." && !name.includes("/") && !name.includes("%");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
