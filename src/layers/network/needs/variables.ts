// Variables of a container as Kubernetes expands them in commands, arguments and later variables
// (k8s.io/kubernetes third_party/forked/golang/expansion), as far as their values are in the input.

import type { Container } from "../../../kubernetes/pod.ts";
import type { Surroundings } from "./surroundings.ts";

/** Stands for the address of the pod's own node; no real host can have the name. */
export const NODE_ADDRESS = "status-host-ip.invalid";
const POD_ADDRESS = "localhost";

export interface Variables {
  /** With `$(NAME)`, and where a shell would, `${NAME}` and `$NAME` replaced; unknown names stay. */
  readonly expand: (text: string) => string;
  readonly value: (name: string) => string | undefined;
}

/** O(variables). `namespace`: of the pod. */
export function variablesOf(container: Container, namespace: string, surroundings: Surroundings): Variables {
  const values = new Map<string, string>();
  for (const from of container.envFrom ?? []) {
    const name = from?.configMapRef?.name;
    const data = name ? dataOf(surroundings, namespace, name) : {};
    for (const [key, value] of Object.entries(data)) values.set(`${from?.prefix ?? ""}${key}`, value);
  }
  const valueOf = (name: string): string | undefined =>
    values.get(name) ?? linkedService(name, namespace, surroundings);
  const expand = (text: string): string =>
    text.includes("$")
      ? text.replaceAll(
          REFERENCE,
          (whole: string, a?: string, b?: string, c?: string) => valueOf(a ?? b ?? c ?? "") ?? whole,
        )
      : text;
  for (const variable of container.env ?? []) {
    if (!variable?.name) continue;
    const { value, valueFrom } = variable;
    const reference = valueFrom?.configMapKeyRef;
    const given =
      value ??
      (reference?.name ? dataOf(surroundings, namespace, reference.name)[reference.key ?? ""] : undefined) ??
      fieldValue(valueFrom?.fieldRef?.fieldPath ?? "", namespace);
    if (given === undefined) values.delete(variable.name);
    else values.set(variable.name, expand(given));
  }
  return { expand, value: valueOf };
}

const REFERENCE = /\$\(([A-Za-z_][A-Za-z0-9_]*)\)|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)/g;

function fieldValue(path: string, namespace: string): string | undefined {
  switch (path) {
    case "status.hostIP":
    case "status.hostIPs":
    case "spec.nodeName":
      return NODE_ADDRESS;
    case "status.podIP":
    case "status.podIPs":
      return POD_ADDRESS;
    case "metadata.namespace":
      return namespace;
    default:
      return undefined;
  }
}

/** Variables that the kubelet sets for each Service of the namespace: `CART_SERVICE_HOST`, `CART_SERVICE_PORT`. */
function linkedService(name: string, namespace: string, { servicesIn }: Surroundings): string | undefined {
  const [, prefix, what] = /^(.+)_SERVICE_(HOST|PORT)$/.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  if (prefix === "KUBERNETES") return what === "HOST" ? "kubernetes.default.svc" : "443";
  const service = servicesIn(namespace).find((one) => variablePrefix(one.resource.id.name) === prefix);
  if (service === undefined || service.isHeadless) return undefined;
  return what === "HOST" ? service.resource.id.name : service.ports[0]?.port.toString();
}

function variablePrefix(service: string): string {
  return service.toUpperCase().replaceAll("-", "_");
}

/** Texts of a ConfigMap; none when it is not in the input. */
export function dataOf(
  { configMap }: Surroundings,
  namespace: string,
  name: string,
): { readonly [key: string]: string } {
  const data = configMap(namespace, name)?.object["data"];
  const texts = Object.create(null) as Record<string, string>; // keys are anybody's: `constructor` is a key like others
  if (typeof data !== "object" || data === null || Array.isArray(data)) return texts;
  for (const [key, text] of Object.entries(data)) if (typeof text === "string") texts[key] = text;
  return texts;
}
