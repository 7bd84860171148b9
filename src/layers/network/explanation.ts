// Why a direction of a connection is open or closed: the rules that decide, in the order they are asked.

import type { Resource } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { CompiledPolicy, CompiledRule } from "./compiled-policy.ts";
import type { Meeting } from "./connection.ts";
import type { Face } from "./end.ts";
import { contains, isEmpty } from "./interval-set.ts";
import { nearestRule, type NearestRule } from "./nearest-rule.ts";
import { EMPTY_SET } from "./policy-sets.ts";
import { rulePath, type Action, type Direction, type Tier } from "./policy.ts";
import { matchPeer } from "./tier-stage.ts";
import type { World } from "./world.ts";

export type Decision =
  /** A rule that matches. A NetworkPolicy's rules allow; of the other tiers, Pass hands on to the next. */
  | RuleDecision
  /** NetworkPolicies select the pod and none of their rules matches. */
  | { readonly kind: "isolated"; readonly policies: readonly Resource[]; readonly nearest: NearestRule | undefined }
  /** No policy has a say: allowed. */
  | { readonly kind: "default" }
  /** The end is no pod: no policy applies to it. */
  | { readonly kind: "external" }
  /** A pod and itself, by its own address. */
  | { readonly kind: "loopback" }
  /** The node that the pod runs on reaches it. */
  | { readonly kind: "own-node" };

export interface RuleDecision {
  readonly kind: "rule";
  readonly tier: Tier;
  readonly action: Action;
  readonly policy: Resource;
  readonly direction: Direction;
  readonly rule: number;
  /** Of the peer that matches, or of the rule where it has none. */
  readonly path: Path;
}

/** The decisions of one direction, in order; the last ones decide. `point` is the port asked for, if any. */
export function explain(
  world: World,
  direction: Direction,
  meeting: Meeting,
  point: number | undefined,
): readonly Decision[] {
  if (meeting.isLoopback) return [{ kind: "loopback" }];
  const [subject, peer] =
    direction === "egress" ? [meeting.source, meeting.destination] : [meeting.destination, meeting.source];
  if (subject.peer === world.classes.outside) return [{ kind: "external" }];
  const question: Question = { world, direction, subject, peer, point };
  const admin = askTier(question, "Admin");
  if (admin.isFinal) return admin.decisions;
  const isolating = policiesOf(question, "NetworkPolicy");
  if (isolating.length > 0) return [...admin.decisions, ...askNetworkPolicies(question, isolating, meeting)];
  const baseline = askTier(question, "Baseline");
  return [...admin.decisions, ...baseline.decisions, ...(baseline.isFinal ? [] : [{ kind: "default" } as const])];
}

interface Question {
  readonly world: World;
  readonly direction: Direction;
  readonly subject: Face;
  readonly peer: Face;
  readonly point: number | undefined;
}

function policiesOf({ world, direction, subject }: Question, tier: Tier): readonly CompiledPolicy[] {
  const set = world.selection[direction][tier][subject.peer] ?? EMPTY_SET;
  return world.selection.sets.membersOf(set).flatMap((number) => world.policies[number] ?? []);
}

/** Final: accepted or denied, or several policies of one priority that disagree. */
function askTier(
  question: Question,
  tier: Tier,
): { readonly decisions: readonly Decision[]; readonly isFinal: boolean } {
  const policies = policiesOf(question, tier);
  for (const priority of new Set(policies.map(({ policy }) => policy.priority))) {
    const group = policies.filter(({ policy }) => policy.priority === priority);
    const first = group.flatMap((policy) => matchingRules(question, policy).slice(0, 1));
    if (first.length === 0) continue;
    return { decisions: first, isFinal: first.some(({ action }) => action !== "Pass") };
  }
  return { decisions: [], isFinal: false };
}

function askNetworkPolicies(
  question: Question,
  isolating: readonly CompiledPolicy[],
  meeting: Meeting,
): readonly Decision[] {
  if (question.direction === "ingress" && meeting.ownNode === "yes") return [{ kind: "own-node" }];
  const matching = isolating.flatMap((policy) => matchingRules(question, policy));
  if (matching.length > 0) return matching;
  const { world, direction, subject, peer, point } = question;
  const nearest = nearestRule(world, direction, isolating, subject, peer, point);
  return [{ kind: "isolated", policies: isolating.map(({ policy }) => policy.resource), nearest }];
}

function matchingRules(question: Question, policy: CompiledPolicy): readonly RuleDecision[] {
  const { direction } = question;
  return (policy[direction] ?? []).flatMap((compiled): readonly RuleDecision[] => {
    const peer = admitsPort(question, compiled) ? matchingPeer(question, compiled) : "none";
    if (peer === "none") return [];
    const { index, action } = compiled.rule;
    return [
      {
        kind: "rule",
        tier: policy.policy.tier,
        action,
        policy: policy.policy.resource,
        direction,
        rule: index,
        path: rulePath(direction, index, peer === "any" ? undefined : peer),
      },
    ];
  });
}

/** Position of the first peer that may match. */
function matchingPeer({ world, peer }: Question, compiled: CompiledRule): number | "any" | "none" {
  if (compiled.isForEveryone) return "any";
  const position = compiled.peers.findIndex((one) =>
    peer.group.keys.some((key) => matchPeer({ ...compiled, peers: [one] }, peer.peer, key, world) !== "no"),
  );
  return position === -1 ? "none" : position;
}

function admitsPort({ world, direction, subject, peer, point }: Question, { ports }: CompiledRule): boolean {
  const destination = direction === "ingress" ? subject : peer;
  const set = world.outcomes.sureOf(ports.at(world.classes.portsOf[destination.peer] ?? 0));
  return point === undefined ? !isEmpty(set) : contains(set, point);
}
