// `network generate -o json`: everything the text says, for machines (schemas/network-generate.v1.json).

import { formatRanges } from "../../layers/network/address-set.ts";
import type { GeneratedPolicy, GeneratedRule } from "../../layers/network/generate/generated-policy.ts";
import type { Need, NeedEnd, NeedPort, Reason } from "../../layers/network/generate/need.ts";
import type { WrongConnection } from "../../layers/network/generate/prove.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { formatPorts } from "../../layers/network/port-set.ts";
import type { ResourceId } from "../../cluster/resource-id.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { noteDocument } from "../network/note.ts";
import type { GenerateReport, ObservedReport } from "./generate-report.ts";
import { peerText } from "./need-text.ts";

export function* generateJson(report: GenerateReport, catalogue: Catalogue): Generator<string> {
  const { generated, unresolved, observed, notes, gaps } = report;
  const { kind, namespaces, otherNamespaces, policies, unmet, exceptions, silent, superseded } = generated;
  yield `{"schema":"ringwall.network-generate/v1",\n"kind":${JSON.stringify(kind)},\n`;
  yield `"namespaces":${jsonText(namespaces)},\n"otherNamespaces":${jsonText(otherNamespaces)},\n"policies":[`;
  yield* jsonElements(policies, (policy) => policyJson(policy, catalogue));
  yield `],\n"proof":${jsonText(proofJson(report))},\n"unmet":[`;
  yield* jsonElements(unmet, ({ need, code }) => ({ ...needJson(need), code }));
  yield `],\n"exceptions":[`;
  yield* jsonElements(exceptions, ({ need, code }) => ({ ...needJson(need), code }));
  yield `],\n"unresolved":[`;
  yield* jsonElements(unresolved, ({ code, resource, path, value, workload, nearest }) => ({
    code,
    ...placeJson(resource, path),
    value,
    ...(workload === undefined ? {} : { workload }),
    ...(nearest === undefined ? {} : { nearest }),
  }));
  yield `],\n"silent":[`;
  yield* jsonElements(silent, ({ owner, leftOpen }) => ({ workloads: owner.workloads.map(({ id }) => id), leftOpen }));
  yield `],\n"superseded":${jsonText(superseded.map(({ id }) => idJson(id)))},\n`;
  yield `"lost":${jsonText(generated.lost.map((one) => ({ ...connectionJson(one), ...placeJson(one.policy, one.path) })))},\n`;
  yield `"resolvers":${jsonText(generated.resolvers.map((one) => ({ ...idJson(one.resource.id), isAssumed: one.isAssumed })))},\n`;
  if (observed !== undefined) yield `"observed":${jsonText(observedJson(observed))},\n`;
  yield `"notes":${jsonText(notes.map((note) => noteDocument(note, catalogue)))},\n`;
  yield `"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

/** The report's own fields; readers of logs have more. */
function observedJson({ windows, gaps, notSeen, unresolved, denied }: ObservedReport): object {
  return { windows, gaps, notSeen, unresolved, denied };
}

function policyJson({ resource, namespace, owner, rules, leftOpen }: GeneratedPolicy, catalogue: Catalogue): object {
  return {
    object: resource.object,
    namespace,
    ...(owner === undefined ? {} : { workloads: owner.workloads.map(({ id }) => id), notes: owner.notes }),
    ...(leftOpen.length === 0 ? {} : { leftOpen }),
    rules: rules.map((rule) => ruleJson(rule, catalogue)),
  };
}

function ruleJson({ direction, index, planned }: GeneratedRule, catalogue: Catalogue): object {
  const peers = planned.peers.map(({ peer, needs }) => ({
    peer: peerText(peer, catalogue),
    needs: needs.map(needJson),
  }));
  return { direction, index, peers };
}

function needJson({ from, to, port, because }: Need): object {
  return { from: endJson(from), to: endJson(to), port: portJson(port), because: because.map(reasonJson) };
}

function endJson(end: NeedEnd): string {
  switch (end.kind) {
    case "workload":
      return end.id;
    case "addresses":
      return formatRanges(end.set).join(",");
    case "domain":
      return end.name;
    case "namespace":
      return `${end.name}/*`;
    default:
      return end.kind;
  }
}

/** `TCP/8080`, `TCP/9000-9010`, `TCP/http`, `TCP`, `all`. */
function portJson(port: NeedPort): string {
  switch (port.kind) {
    case "number":
      return `${port.protocol}/${port.port}`;
    case "range":
      return `${port.protocol}/${port.first}-${port.last}`;
    case "named":
      return `${port.protocol}/${port.name}`;
    default:
      return port.protocol ?? "all";
  }
}

function reasonJson(reason: Reason): object {
  if (reason.kind === "observed") return reason;
  const { kind, resource, path, value, through } = reason;
  return {
    kind,
    ...placeJson(resource, path),
    ...(value === undefined ? {} : { value }),
    ...(through === undefined ? {} : { through }),
  };
}

type Declared = Exclude<Reason, { readonly kind: "observed" }>;

function placeJson(resource: Declared["resource"], path: Declared["path"]): object {
  const position = resource.locate(path);
  return {
    resource: idJson(resource.id),
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
    ...(position === undefined ? {} : { file: position.file, line: position.line, column: position.column }),
  };
}

function idJson({ apiVersion, kind, namespace, name }: ResourceId): object {
  return { apiVersion, kind, ...(namespace === "" ? {} : { namespace }), name };
}

function proofJson({ generated: { connections, necessity, difference } }: GenerateReport): object {
  const { allowed, missing, extra, depends } = connections;
  return {
    allowed,
    missing: missing.map(connectionJson),
    extra: extra.map(connectionJson),
    depends,
    rules: necessity.rules,
    unnecessary: necessity.unnecessary.map(({ policy, rule }) => ({
      policy: idJson(policy.resource.id),
      direction: rule.direction,
      index: rule.index,
    })),
    closed: difference.closed,
    opened: difference.opened,
  };
}

function connectionJson({ from, to, ports }: WrongConnection): object {
  return { from, to, ports: formatPorts(ports) };
}
