// The rules of policies taken apart: one entry for each peer of each rule, with the box of what it is about.

import type { Direction, Policy, Rule } from "../policy.ts";
import { both, type Box } from "./box.ts";
import type { PodBox } from "./label-boxes.ts";
import type { Space } from "./space.ts";

export interface Entry {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: Rule;
  /** Position among the rule's peers; `undefined` where the rule is for everybody. */
  readonly peer: number | undefined;
  /** Subject, peer and ports together. */
  readonly box: Box;
  readonly subject: PodBox;
  /** `undefined`: everybody. */
  readonly peers: PodBox | undefined;
  readonly kind: "any" | "pods" | "addresses" | "nodes" | "domains";
}

/** The entries of a rule, in the order of its peers; those that can match nothing are left out. */
export function entriesOf(space: Space, policy: Policy, direction: Direction, rule: Rule): readonly Entry[] {
  const subject = space.subject(policy);
  const { peers, ports } = space.rule(policy, direction, rule);
  const ground = subject === undefined || ports === undefined ? undefined : both(subject.box, ports);
  if (subject === undefined || ground === undefined) return [];
  const common = { policy, direction, rule, subject };
  if (rule.peers === "any") return [{ ...common, peer: undefined, box: ground, peers: undefined, kind: "any" }];
  return rule.peers.flatMap((written, peer): readonly Entry[] => {
    const found = peers[peer];
    const box = found === undefined ? undefined : both(ground, found.box);
    if (box === undefined) return [];
    return [{ ...common, peer, box, peers: found, kind: written.kind }];
  });
}

/** Every entry of one direction of a policy. */
export function entriesIn(space: Space, policy: Policy, direction: Direction): readonly Entry[] {
  return (policy[direction] ?? []).flatMap((rule) => entriesOf(space, policy, direction, rule));
}
