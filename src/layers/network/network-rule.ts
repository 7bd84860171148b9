// The template of rules about what the network engine answers: each judges the resources of one list.

import type { Resource } from "../../cluster/resource.ts";
import { formatPath } from "../../kubernetes/path.ts";
import type { Evidence } from "../../verdicts/evidence.ts";
import type { Message, MessageArguments } from "../../verdicts/message.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import type { NetworkDiagnostic } from "./diagnostic.ts";
import { NETWORK_FACTS } from "./network-facts.ts";
import { networkViewOf, type NetworkView } from "./network-view.ts";

/** What fails about a resource. */
export interface NetworkFault {
  readonly key?: string;
  readonly arguments?: MessageArguments;
  readonly evidence: readonly Evidence[];
}

type Metadata = Omit<ClusterRule, "scope" | "projections" | "subjects" | "evaluate" | "since" | "reads">;

export interface NetworkRuleOptions<T extends { readonly resource: Resource }> extends Metadata {
  readonly reads?: readonly string[];
  readonly subjects: (view: NetworkView) => readonly T[];
  readonly judge: (subject: T, view: NetworkView) => Iterable<NetworkFault>;
}

export const NETWORK_READS = [
  "pod templates",
  "Namespace",
  "Node",
  "Service",
  "EndpointSlice",
  "Ingress",
  "NetworkPolicy",
  "ClusterNetworkPolicy",
  "AdminNetworkPolicy",
  "BaselineAdminNetworkPolicy",
] as const;

/** A rule over the whole network; the engine is built once for all of them. */
export function networkRule<T extends { readonly resource: Resource }>({
  subjects,
  judge,
  ...metadata
}: NetworkRuleOptions<T>): ClusterRule {
  return {
    since: "0.1.0",
    reads: NETWORK_READS,
    ...metadata,
    scope: "cluster",
    projections: [NETWORK_FACTS],
    subjects: (cluster) => subjects(networkViewOf(cluster)).map(({ resource }) => resource),
    *evaluate(cluster) {
      const view = networkViewOf(cluster);
      for (const diagnostic of view.network.diagnostics) {
        const reason = reasonOf(diagnostic);
        if (reason !== undefined)
          yield { resource: view.originalOf(diagnostic.resource), outcome: { kind: "not-evaluated", reason } };
      }
      for (const subject of subjects(view)) {
        for (const { key = "", arguments: values, evidence } of judge(subject, view))
          yield {
            resource: subject.resource,
            outcome: { kind: "fail", key, evidence, ...(values === undefined ? {} : { arguments: values }) },
          };
      }
    },
  };
}

/** Evidence about an object as a whole: its name. */
export function nameOf({ id }: Resource): readonly Evidence[] {
  return [{ path: ["metadata", "name"], value: id.name }];
}

/** What takes no part in the engine's answers, or is not modelled, leaves every answer incomplete. */
function reasonOf({ level, code, resource, path, arguments: values }: NetworkDiagnostic): Message | undefined {
  const { kind, apiVersion } = resource.id;
  if (code === "foreign-policy") return { id: "foreign-policy", arguments: { kind } };
  if (level !== "refused" || code === "malformed-field") return undefined; // told when the object was read
  if (code === "unserved-version") return { id: "unserved-version", arguments: { kind, apiVersion } };
  const detail = Object.values(values ?? {}).join(", ");
  return {
    id: "object-refused",
    arguments: { path: formatPath(path), problem: detail === "" ? code : `${code}: ${detail}` },
  };
}
