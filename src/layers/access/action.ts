// What is asked for: the attributes of a request without its user (k8s.io/apiserver/pkg/authorization/authorizer).

/** A requirement of a field selector, e.g. `spec.nodeName = n1`. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: "=" | "!=";
  readonly value: string;
}

/**
 * A verb on a resource. Empty text where the request has none: `namespace` of cluster-scoped resources and of questions
 * about all namespaces, `name` of create, deletecollection and of list and watch of more than one object.
 */
export interface ResourceAction {
  readonly kind: "resource";
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** Only of list, watch and deletecollection; the Node authorizer reads it. */
  readonly fieldSelector?: readonly FieldRequirement[];
}

/** An HTTP verb (lower case) on a path that is no resource, e.g. `get /healthz`. */
export interface PathAction {
  readonly kind: "path";
  readonly verb: string;
  readonly path: string;
}

export type Action = ResourceAction | PathAction;

/** A resource action; what is left out is empty. */
export function resourceAction(
  verb: string,
  resource: string,
  rest: Partial<Omit<ResourceAction, "kind" | "verb" | "resource">> = {},
): ResourceAction {
  return { kind: "resource", verb, apiGroup: "", resource, subresource: "", namespace: "", name: "", ...rest };
}

export function pathAction(verb: string, path: string): PathAction {
  return { kind: "path", verb, path };
}

/** `pods` or `pods/exec`: the form in which rules name resources. */
export function combinedResource(action: ResourceAction): string {
  return action.subresource === "" ? action.resource : `${action.resource}/${action.subresource}`;
}
