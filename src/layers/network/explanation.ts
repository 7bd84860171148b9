// Why a direction of a connection is open or closed: the rules that decide, in the order they are asked.

import type { Resource } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { CompiledPolicy, CompiledRule } from "./compiled-policy.ts";
import type { Meeting } from "./connection.ts";
import type { Face } from "./end.ts";
import { intersect, isEmpty, subtract, union } from "./interval-set.ts";
import { nearestRule, type NearestRule } from "./nearest-rule.ts";
import { EMPTY_SET } from "./policy-sets.ts";
import { NO_PORTS, withoutOtherProtocols, type PortSet } from "./port-set.ts";
import { rulePath, type Action, type Direction, type Tier } from "./policy.ts";
import { matchPeer } from "./tier-stage.ts";
import type { World } from "./world.ts";

export type Decision =
  /** A rule that matches. A NetworkPolicy's rules allow; of the other tiers, Pass hands on to the next. */
  | RuleDecision
  /** NetworkPolicies select the pod and none of their rules matches. */
  | {
      readonly kind: "isolated";
      readonly policies: readonly Resource[];
      readonly nearest: NearestRule | undefined;
      readonly ports: PortSet;
    }
  /** No policy has a say: allowed. */
  | { readonly kind: "default"; readonly ports: PortSet }
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
  /** Of the ports asked for, those that it decides, or hands on. */
  readonly ports: PortSet;
}

/**
 * The decisions of one direction about some ports, in the order they are asked. Of one port the last ones decide; of
 * several, each says which. Protocols without ports are left to the rules that decide about others, too.
 */
export function explain(world: World, direction: Direction, meeting: Meeting, asked: PortSet): readonly Decision[] {
  if (meeting.isLoopback) return [{ kind: "loopback" }];
  const [subject, peer] =
    direction === "egress" ? [meeting.source, meeting.destination] : [meeting.destination, meeting.source];
  if (subject.peer === world.classes.outside) return [{ kind: "external" }];
  const question: Question = { world, direction, subject, peer };
  const admin = askTier(question, "Admin", asked);
  if (!hasPorts(admin.open)) return admin.decisions;
  const isolating = policiesOf(question, "NetworkPolicy");
  if (isolating.length > 0)
    return [...admin.decisions, ...askNetworkPolicies(question, isolating, meeting, admin.open)];
  const { decisions, open } = askTier(question, "Baseline", admin.open);
  const rest: readonly Decision[] = hasPorts(open) ? [{ kind: "default", ports: open }] : [];
  return [...admin.decisions, ...decisions, ...rest];
}

interface Question {
  readonly world: World;
  readonly direction: Direction;
  readonly subject: Face;
  readonly peer: Face;
}

function hasPorts(ports: PortSet): boolean {
  return !isEmpty(withoutOtherProtocols(ports));
}

function policiesOf({ world, direction, subject }: Question, tier: Tier): readonly CompiledPolicy[] {
  const set = world.selection[direction][tier][subject.peer] ?? EMPTY_SET;
  return world.selection.sets.membersOf(set).flatMap((number) => world.policies[number] ?? []);
}

interface TierAnswer {
  readonly decisions: readonly RuleDecision[];
  /** What is left to the next tier: no rule matches, or Pass. */
  readonly open: PortSet;
}

/** Several policies of one priority may disagree: each is asked. */
function askTier(question: Question, tier: Tier, asked: PortSet): TierAnswer {
  const policies = policiesOf(question, tier);
  const decisions: RuleDecision[] = [];
  let unmatched = asked;
  let passed = NO_PORTS;
  for (const priority of new Set(policies.map(({ policy }) => policy.priority))) {
    const group = policies.filter(({ policy }) => policy.priority === priority);
    const found = group.flatMap((policy) => firstMatches(question, policy, unmatched));
    decisions.push(...found);
    const matched = portsTogether(found);
    const decided = portsTogether(found.filter(({ action }) => action !== "Pass"));
    passed = union(passed, subtract(matched, decided));
    unmatched = subtract(unmatched, matched);
  }
  return { decisions, open: union(unmatched, passed) };
}

/** Of one policy the first rule that matches a port decides about it. */
function firstMatches(question: Question, policy: CompiledPolicy, asked: PortSet): readonly RuleDecision[] {
  let left = asked;
  return matchingRules(question, policy, asked).flatMap((decision): readonly RuleDecision[] => {
    const ports = intersect(decision.ports, left);
    left = subtract(left, ports);
    return hasPorts(ports) ? [{ ...decision, ports }] : [];
  });
}

function portsTogether(decisions: readonly RuleDecision[]): PortSet {
  return decisions.reduce((all, { ports }) => union(all, ports), NO_PORTS);
}

function askNetworkPolicies(
  question: Question,
  isolating: readonly CompiledPolicy[],
  meeting: Meeting,
  asked: PortSet,
): readonly Decision[] {
  if (question.direction === "ingress" && meeting.ownNode === "yes") return [{ kind: "own-node" }];
  const matching = isolating.flatMap((policy) => matchingRules(question, policy, asked));
  const ports = subtract(asked, portsTogether(matching));
  if (!hasPorts(ports)) return matching;
  const { world, direction, subject, peer } = question;
  const nearest = nearestRule(world, direction, isolating, subject, peer, onlyPort(asked));
  const policies = isolating.map(({ policy }) => policy.resource);
  return [...matching, { kind: "isolated", policies, nearest, ports }];
}

/** The point of the set, where it has one. */
function onlyPort([first, end]: PortSet): number | undefined {
  return first !== undefined && end === first + 1 ? first : undefined;
}

function matchingRules(question: Question, policy: CompiledPolicy, asked: PortSet): readonly RuleDecision[] {
  const { direction } = question;
  return (policy[direction] ?? []).flatMap((compiled): readonly RuleDecision[] => {
    const ports = intersect(admittedPorts(question, compiled), asked);
    const peer = hasPorts(ports) ? matchingPeer(question, compiled) : "none";
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
        ports,
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

function admittedPorts({ world, direction, subject, peer }: Question, { ports }: CompiledRule): PortSet {
  const destination = direction === "ingress" ? subject : peer;
  return world.outcomes.sureOf(ports.at(world.classes.portsOf[destination.peer] ?? 0));
}
