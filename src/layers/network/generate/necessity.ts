// Whether each rule is necessary: without it, a needed connection would be closed. Shown by an edge of the rule that no
// other rule admits.

import type { Resource } from "../../../cluster/resource.ts";
import type { End } from "../end.ts";
import type { Network } from "../network.ts";
import type { EdgePeer } from "./edge.ts";
import type { GeneratedPolicy, GeneratedRule } from "./generated-policy.ts";
import type { Owner } from "./owner-selector.ts";
import { samplePort, samplesOf, twice } from "./sample.ts";

export interface UnnecessaryRule {
  readonly policy: GeneratedPolicy;
  readonly rule: GeneratedRule;
}

export interface NecessityProof {
  readonly rules: number;
  readonly unnecessary: readonly UnnecessaryRule[];
}

/** Asks the engine for every rule which rules decide about its edges. O(rules × peers until one needs it). */
export function proveNecessity(network: Network, policies: readonly GeneratedPolicy[]): NecessityProof {
  const unnecessary: UnnecessaryRule[] = [];
  let rules = 0;
  for (const policy of policies) {
    for (const rule of policy.rules) {
      rules++;
      if (!isNecessary(network, policy, rule)) unnecessary.push({ policy, rule });
    }
  }
  return { rules, unnecessary };
}

function isNecessary(network: Network, policy: GeneratedPolicy, rule: GeneratedRule): boolean {
  const { resource, owner } = policy;
  if (owner === undefined) return true;
  const { direction, planned, index } = rule;
  let without: Network | undefined;
  for (const { peer } of planned.peers) {
    for (const port of planned.ports) {
      const ends = endsOf(network, owner, peer, direction);
      for (const { source, destination } of ends) {
        const target = direction === "ingress" ? owner : peer.kind === "owner" ? peer.owner : undefined;
        const answer = network.reach({ source, destination, port: samplePort(port, target) });
        const decisions = answer.explain(direction);
        const accepting = decisions.filter((one) => one.kind === "rule" && one.action === "Accept");
        const own = accepting.filter((one) => one.kind === "rule" && one.policy === resource && one.rule === index);
        if (own.length === 0) continue;
        if (accepting.length === 1) return true;
        // Another rule matches, perhaps only if an address that is not known lies in its block: take the rule away.
        without ??= network.with({ put: [withoutRule(resource, direction, index)] });
        const question = { source, destination, port: samplePort(port, target) };
        if (answer.verdict === "allowed" && without.reach(question).verdict !== "allowed") return true;
      }
    }
  }
  return false;
}

/** The policy without one rule; an empty list stays away, as the API server would have it. */
function withoutRule(resource: Resource, direction: "ingress" | "egress", index: number): Resource {
  const { spec } = resource.object as { readonly spec?: Readonly<Record<string, unknown>> }; // generated here
  const list: unknown = spec?.[direction];
  const left = Array.isArray(list) ? (list as readonly unknown[]).filter((_, at) => at !== index) : []; // elements stay
  const { [direction]: _, ...rest } = spec ?? {};
  return {
    ...resource,
    object: { ...resource.object, spec: left.length === 0 ? rest : { ...rest, [direction]: left } },
  };
}

interface Ends {
  readonly source: End;
  readonly destination: End;
}

/** One pod of the owner with one pod or address of the peer, for each kind of end the peer stands for. */
function endsOf(network: Network, owner: Owner, peer: EdgePeer, direction: "ingress" | "egress"): readonly Ends[] {
  const subjects = owner.workloads
    .flatMap(({ pods }) => pods.filter(({ isHostNetwork }) => !isHostNetwork))
    .slice(0, 1);
  const subject: End = { kind: "pods", pods: twice(subjects) };
  return samplesOf(network, peer).map((other) =>
    direction === "ingress" ? { source: other, destination: subject } : { source: subject, destination: other },
  );
}
