// `network test FILE`: assertions as written, already parsed from YAML.
//
//   assertions:
//     - name: payments never reaches the internet
//       from: payments/*
//       to: internet
//       expect: denied
//     - name: only ingress-nginx reaches web on 8080
//       to: shop/web
//       ports: [TCP/8080]
//       onlyFrom: [ingress-nginx/*]

import { matchSelector, labelSelector, type Labels, type LabelSelector } from "../../../kubernetes/label-selector.ts";
import {
  array,
  intOrString,
  narrow,
  object,
  string,
  type Shape,
  type ShapeProblem,
  type TypeOf,
} from "../../../kubernetes/shape.ts";
import { checkAssertion, type Assertion, type AssertionResult, type EndSet } from "../assertion.ts";
import { EVERY_ADDRESS, formatRanges, parseCidr, singleAddress, type AddressSet } from "../address-set.ts";
import { parseAddress } from "../address.ts";
import type { Connectivity } from "../connectivity.ts";
import { covers, subtract, union } from "../interval-set.ts";
import type { Network } from "../network.ts";
import { ALL_PORTS, formatPorts, type PortSet, type PortTexts } from "../port-set.ts";
import type { ChainLink } from "./chain.ts";
import { decidingRules, endOfSide, type Side } from "./deciding-rules.ts";
import { INTERNET } from "../internet.ts";
import { parsePorts } from "./named-ports.ts";
import { takeNode } from "./node-sources.ts";
import { endsBehind, portsOf, serviceNamed, workloadAt, workloadsBehind } from "./service-ends.ts";
import type { ServiceView } from "../services.ts";

const ends = object({ namespaceSelector: labelSelector, podSelector: labelSelector });
type EndWords = string | TypeOf<typeof ends>;

/** A word, a selector, or a list of them. */
const endWords: Shape<EndWords | readonly (EndWords | null)[]> = {
  expected: "text, selector or list",
  check: (value, at, problems) => {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== "string") ends.check(one, at, problems);
    }
  },
};

const assertionFile = object({
  assertions: array(
    object({
      name: string,
      from: endWords,
      to: endWords,
      ports: array(intOrString),
      expect: string,
      onlyFrom: endWords,
      onlyTo: endWords,
    }),
  ),
});
type WrittenAssertion = NonNullable<NonNullable<TypeOf<typeof assertionFile>["assertions"]>[number]>;

export interface AssertionReport {
  readonly name: string;
  /** `invalid`: cannot be asked, see `problem`. `empty`: nothing matches, so nothing was shown. */
  readonly result: "passed" | "failed" | "depends" | "empty" | "invalid";
  readonly counterExample?: {
    readonly from: string;
    readonly to: string;
    readonly ports: PortTexts;
    readonly by: readonly ChainLink[];
  };
  readonly problem?: {
    readonly kind: "unknown-end" | "bad-ports" | "bad-expectation" | "no-ends";
    readonly text: string;
  };
}

export type AssertionReports =
  | { readonly ok: true; readonly reports: readonly AssertionReport[] }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** Evaluates a parsed assertion file. */
export function evaluateAssertions(network: Network, file: unknown): AssertionReports {
  const narrowed = narrow(assertionFile, file);
  if (!narrowed.ok) return narrowed;
  const written = narrowed.value.assertions ?? [];
  const context = { network, map: network.map(), named: new Map<string, EndSet | undefined>() };
  const evaluated = written.map((one, index) => evaluate(context, one ?? {}, `assertion ${index + 1}`));
  return { ok: true, reports: evaluated };
}

/** What all assertions of a file share. */
interface Context {
  readonly network: Network;
  readonly map: Connectivity;
  /** Ends by their words, found once. */
  readonly named: Map<string, EndSet | undefined>;
}

function evaluate(context: Context, written: WrittenAssertion, fallbackName: string): AssertionReport {
  const { network, map } = context;
  const name = written.name || fallbackName;
  const assertions = assertionsOf(context, written);
  if ("kind" in assertions) return { name, result: "invalid", problem: assertions };
  const results = assertions.flatMap((one) => {
    const { results: ofNode, rest } = takeNode(network, one);
    return rest === undefined ? ofNode : [...ofNode, checkAssertion(map, network.world.outcomes, rest)];
  });
  const kinds = ["fails", "depends", "holds"] as const;
  const result = kinds.flatMap((kind) => results.find((one) => one.kind === kind) ?? [])[0] ?? { kind: "empty" };
  if (result.kind === "holds" || result.kind === "empty") {
    return { name, result: result.kind === "holds" ? "passed" : "empty" };
  }
  return {
    name,
    result: result.kind === "fails" ? "failed" : "depends",
    counterExample: describe(network, result.counterExample),
  };
}

type Problem = NonNullable<AssertionReport["problem"]>;

/** One, and one for each Service that `to` names: its ports become others on the pods. */
function assertionsOf(context: Context, written: WrittenAssertion): readonly Assertion[] | Problem {
  const { from, to, ports, expect, onlyFrom, onlyTo } = written;
  let portSet: PortSet = ports == null || ports.length === 0 ? ALL_PORTS : [];
  for (const text of ports ?? []) {
    const set = parsePorts(`${text ?? ""}`);
    if (set === undefined) return { kind: "bad-ports", text: `${text ?? ""}` };
    portSet = union(portSet, set);
  }
  const isOnly = onlyFrom != null || onlyTo != null;
  const expectation = expect ?? (isOnly ? "denied" : "");
  if (expectation !== "denied" && (expectation !== "allowed" || isOnly))
    return { kind: "bad-expectation", text: expectation };
  const expected: Assertion["expect"] = expectation;
  const side = (words: WrittenAssertion["from"], only: WrittenAssertion["from"]): EndSet | Problem => {
    if (words != null && only != null) return { kind: "no-ends", text: "from and onlyFrom, or to and onlyTo" };
    if (only == null) return words == null ? { kind: "no-ends", text: "" } : endsOf(context, words);
    const allowed = endsOf(context, only);
    return "kind" in allowed ? allowed : allBut(context.network, allowed);
  };
  const source = side(from, onlyFrom);
  if ("kind" in source) return source;
  const words = to == null || onlyTo != null ? [] : isList(to) ? to : [to];
  const services = words.flatMap((one) => (typeof one === "string" ? (serviceNamed(context.network, one) ?? []) : []));
  const others = words.filter((one) => typeof one !== "string" || serviceNamed(context.network, one) === undefined);
  const behind = services.map((service) => endsBehind(context.network, service, portSet));
  const isWhole = (service: ServiceView): boolean =>
    expected === "denied" || ports == null || ports.length === 0 || covers(portsOf(service), portSet);
  const closed = services.find((service, index) => behind[index]?.length === 0 || !isWhole(service));
  if (closed !== undefined)
    return { kind: "bad-ports", text: `${(ports ?? []).join(", ") || "any"} of ${nameOf(closed)}` };
  const assertions = behind.flat().map((one) => ({ from: source, to: one.ends, ports: one.ports, expect: expected }));
  if (services.length > 0 && others.length === 0) return assertions;
  const target = side(services.length > 0 ? others : to, onlyTo);
  if ("kind" in target) return target;
  return [...assertions, { from: source, to: target, ports: portSet, expect: expected }];
}

function nameOf({ resource: { id } }: ServiceView): string {
  return `svc/${id.namespace}/${id.name}`;
}

function allBut(network: Network, { workloads, addresses }: EndSet): EndSet {
  const others = [...network.workloads.keys()].filter((position) => !workloads.has(position));
  return { workloads: new Set(others), addresses: subtract(EVERY_ADDRESS, addresses) };
}

function endsOf(context: Context, words: NonNullable<WrittenAssertion["from"]>): EndSet | Problem {
  const workloads = new Set<number>();
  let addresses: AddressSet = [];
  for (const one of isList(words) ? words : [words]) {
    const found = typeof one === "string" ? knownEnds(context, one) : selectedEnds(context.network, one ?? {});
    if (found === undefined) return { kind: "unknown-end", text: typeof one === "string" ? one : JSON.stringify(one) };
    for (const workload of found.workloads) workloads.add(workload);
    addresses = union(addresses, found.addresses);
  }
  return { workloads, addresses };
}

function isList(words: EndWords | readonly (EndWords | null)[]): words is readonly (EndWords | null)[] {
  return Array.isArray(words);
}

function knownEnds({ network, named }: Context, text: string): EndSet | undefined {
  if (!named.has(text)) named.set(text, namedEnds(network, text));
  return named.get(text);
}

/** `undefined` where nothing has the name. */
function namedEnds(network: Network, text: string): EndSet | undefined {
  const service = serviceNamed(network, text);
  if (service !== undefined) return workloadsBehind(network, service);
  const owner = workloadAt(network, text);
  if (owner !== undefined) return owner;
  const outside = outsideNamed(text);
  if (outside !== undefined) return { workloads: new Set(), addresses: outside };
  const [namespace = "", name = "*"] = text.split("/");
  const isMeant = (id: string, inNamespace: string, own: string): boolean =>
    id === text || ((namespace === "*" || namespace === inNamespace) && (name === "*" || name === own));
  const found = [...network.workloads.entries()].filter(([, one]) => isMeant(one.id, one.namespace, one.name));
  return found.length === 0 ? undefined : { workloads: new Set(found.map(([position]) => position)), addresses: [] };
}

function outsideNamed(text: string): AddressSet | undefined {
  if (text === "external") return EVERY_ADDRESS;
  if (text === "internet") return INTERNET;
  const address = parseAddress(text);
  return address === undefined ? parseCidr(text)?.set : singleAddress(address.point);
}

function selectedEnds(network: Network, words: TypeOf<typeof ends>): EndSet | undefined {
  const { namespaces } = network.world.inventory;
  const found = [...network.workloads.entries()].filter(
    ([, { namespace, pods }]) =>
      takes(words.namespaceSelector, namespaces.get(namespace)) &&
      pods.some(({ labels }) => takes(words.podSelector, labels)),
  );
  return found.length === 0 ? undefined : { workloads: new Set(found.map(([position]) => position)), addresses: [] };
}

/** An absent selector takes everything. */
function takes(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  return selector == null || matchSelector(selector, labels ?? {}) === "match";
}

type Example = (AssertionResult & { readonly kind: "fails" })["counterExample"];

function describe(network: Network, { from, to, ports }: Example): NonNullable<AssertionReport["counterExample"]> {
  return {
    from: sideText(network, from),
    to: sideText(network, to),
    ports: formatPorts(ports),
    by: decidingRules(network, endOfSide(network, from), endOfSide(network, to), ports),
  };
}

function sideText({ workloads }: Network, side: Side): string {
  return (typeof side === "number" ? workloads[side]?.id : formatRanges(side)[0]) ?? "";
}
