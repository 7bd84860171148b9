// What a host name means to a pod: the cluster's DNS as its resolver asks it (search domains of the pod's namespace,
// DNS specification of Kubernetes), host aliases, addresses, names of the outside.

import { parseAddress, type AddressPoint } from "../address.ts";
import type { ServiceView } from "../services.ts";
import type { Surroundings } from "./surroundings.ts";
import { NODE_ADDRESS } from "./variables.ts";

export type HostMeaning =
  | { readonly kind: "service"; readonly view: ServiceView }
  | { readonly kind: "address"; readonly point: AddressPoint }
  | { readonly kind: "domain"; readonly name: string }
  | { readonly kind: "api-server" | "nodes" | "local" }
  /** Could only be a Service, and there is none. */
  | { readonly kind: "no-such-service"; readonly namespace: string; readonly name: string };

/** `aliases`: host aliases of the pod. O(1). */
export function lookUpHost(
  written: string,
  namespace: string,
  surroundings: Surroundings,
  aliases: ReadonlyMap<string, string> = NO_ALIASES,
): HostMeaning {
  const host = written.toLowerCase().replace(/\.$/, "");
  const alias = aliases.get(host);
  if (alias !== undefined) return ofAddress(alias) ?? { kind: "domain", name: host };
  if (host === "localhost" || host.endsWith(".localhost") || host === "localhost.localdomain") return { kind: "local" };
  if (host === NODE_ADDRESS) return { kind: "nodes" };
  return ofAddress(host) ?? ofName(host.split("."), host, namespace, surroundings);
}

const NO_ALIASES: ReadonlyMap<string, string> = new Map();

function ofAddress(text: string): HostMeaning | undefined {
  const point = parseAddress(text)?.point;
  if (point === undefined) return undefined;
  const isLocal =
    point === 0 ||
    (typeof point === "number" && Math.floor(point / 0x1000000) === 127) ||
    text === "::" ||
    text === "::1";
  return isLocal ? { kind: "local" } : { kind: "address", point };
}

function ofName(
  labels: readonly string[],
  host: string,
  namespace: string,
  { serviceNamed, hasNamespace }: Surroundings,
): HostMeaning {
  const service = (name: string | undefined, inNamespace: string): HostMeaning | undefined => {
    if (name === "kubernetes" && inNamespace === "default") return { kind: "api-server" };
    const view = name === undefined ? undefined : serviceNamed(inNamespace, name);
    return view === undefined ? undefined : { kind: "service", view };
  };
  const at = labels.indexOf("svc");
  if (at >= 2) {
    // [pod.]service.namespace.svc[.cluster.domain]
    const name = labels[at - 2] ?? "";
    const inNamespace = labels[at - 1] ?? "";
    return service(name, inNamespace) ?? missing(name, inNamespace);
  }
  const [first = "", second, third] = labels;
  if (second === undefined)
    return service(first, namespace) ?? (first === "kubernetes" ? { kind: "api-server" } : missing(first, namespace));
  if (labels.length === 2) {
    const found = service(first, second) ?? headlessOf(service(second, namespace));
    if (found !== undefined) return found;
    return hasNamespace(second) ? missing(first, second) : { kind: "domain", name: host };
  }
  if (labels.length === 3 && third !== undefined) {
    const found = headlessOf(service(second, third));
    if (found !== undefined) return found;
  }
  return { kind: "domain", name: host };
}

function missing(name: string, namespace: string): HostMeaning {
  return { kind: "no-such-service", namespace, name };
}

/** Pods have names below Services that stand for their own addresses: `db-0.db`. */
function headlessOf(found: HostMeaning | undefined): HostMeaning | undefined {
  return found?.kind === "service" && found.view.isHeadless ? found : undefined;
}

/** Names of Services near a wrong one: the same in other namespaces, or of nearly the same letters here. */
export function nearestServices(
  name: string,
  namespace: string,
  { network, servicesIn }: Surroundings,
): readonly string[] {
  const elsewhere = network
    .services()
    .all.filter(({ resource: { id } }) => id.name === name && id.namespace !== namespace);
  const alike = servicesIn(namespace).filter(({ resource: { id } }) => isAlike(id.name, name));
  return [...elsewhere, ...alike].slice(0, 3).map(({ resource: { id } }) => `${id.namespace}/${id.name}`);
}

function isAlike(a: string, b: string): boolean {
  return b.length >= 3 && (a.startsWith(b) || b.startsWith(a) || a.endsWith(b) || b.endsWith(a)) && a !== b;
}
