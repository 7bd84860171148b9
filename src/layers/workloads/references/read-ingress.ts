// Ingresses: back ends, class and certificates, in networking.k8s.io/v1 and the removed v1beta1 form.

import type { KubernetesObject } from "../../../kubernetes/object.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { array, integer, intOrString, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import type { MadeObject } from "./made-object.ts";
import type { ReadFacts } from "./object-facts.ts";
import { INGRESS_CLASS, isObjectName, SECRET, SERVICE, type PortReference, type Reference } from "./reference.ts";

const backend = object({
  service: object({ name: string, port: object({ name: string, number: integer }) }),
  serviceName: string,
  servicePort: intOrString,
});
const ingress = object({
  spec: object({
    ingressClassName: string,
    defaultBackend: backend,
    backend,
    tls: array(object({ secretName: string })),
    rules: array(object({ http: object({ paths: array(object({ backend })) }) })),
  }),
});

/** The AWS controller's way to name an action in an annotation, where others name a Service. */
const ACTION_PORT = "use-annotation";

export const readIngress: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(ingress, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const spec = narrowed.value.spec ?? {};
  const references: Reference[] = [];
  const addBackend = (value: TypeOf<typeof backend> | null | undefined, at: Path): void => {
    const reference = value == null ? undefined : backendReference(value, at, namespace);
    if (reference !== undefined) references.push(reference);
  };
  addBackend(spec.defaultBackend, ["spec", "defaultBackend"]);
  addBackend(spec.backend, ["spec", "backend"]);
  spec.rules?.forEach((rule, ruleIndex) => {
    rule?.http?.paths?.forEach((path, index) => {
      addBackend(path?.backend, ["spec", "rules", ruleIndex, "http", "paths", index, "backend"]);
    });
  });
  const { ingressClassName: name } = spec;
  if (isObjectName(name)) {
    const path = ["spec", "ingressClassName"];
    references.push({ target: INGRESS_CLASS, namespace: "", name, path, isOptional: false });
  }
  const secrets = (spec.tls ?? []).map((tls) => tls?.secretName);
  if (hasIssuer(raw)) return { references, makes: certificateSecrets(secrets, namespace) };
  secrets.forEach((secret, index) => {
    const path = ["spec", "tls", index, "secretName"];
    if (isObjectName(secret)) references.push({ target: SECRET, namespace, name: secret, path, isOptional: false });
  });
  return { references };
};

function backendReference(value: TypeOf<typeof backend>, at: Path, namespace: string): Reference | undefined {
  const isFormer = value.service == null;
  const name = isFormer ? value.serviceName : value.service?.name;
  if (!isObjectName(name)) return undefined;
  const portAt = isFormer ? [...at, "servicePort"] : [...at, "service", "port"];
  const port = isFormer ? formerPort(value.servicePort, portAt) : portOf(value.service?.port ?? {}, portAt);
  if (port?.name === ACTION_PORT) return undefined;
  const path = isFormer ? [...at, "serviceName"] : [...at, "service", "name"];
  return { target: SERVICE, namespace, name, path, isOptional: false, ...(port !== undefined && { port }) };
}

function portOf(
  port: { readonly name?: string | null; readonly number?: number | null },
  at: Path,
): PortReference | undefined {
  if (port.name) return { name: port.name, path: [...at, "name"] };
  return port.number ? { number: port.number, path: [...at, "number"] } : undefined;
}

function formerPort(port: string | number | null | undefined, path: Path): PortReference | undefined {
  if (!port) return undefined;
  return typeof port === "number" ? { number: port, path } : { name: port, path };
}

const ISSUERS = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme"];

/** Whether cert-manager's ingress-shim makes the Secrets that this object's TLS names. */
export function hasIssuer({ metadata }: KubernetesObject): boolean {
  return ISSUERS.some((name) => metadata?.annotations?.[name] != null);
}

export function certificateSecrets(
  names: readonly (string | null | undefined)[],
  namespace: string,
): readonly MadeObject[] {
  return names.flatMap((name) => (isObjectName(name) ? [{ target: SECRET, namespace, name }] : []));
}
