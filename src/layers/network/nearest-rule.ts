// The rule that comes nearest to admitting a denied connection, and what it lacks: what a person would look at first.

import type { Resource } from "../../cluster/resource.ts";
import { matchSelector, type LabelSelector, type Labels } from "../../kubernetes/label-selector.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { CompiledPolicy, CompiledRule } from "./compiled-policy.ts";
import type { Face } from "./end.ts";
import { contains } from "./interval-set.ts";
import { rulePath, type Direction, type Peer } from "./policy.ts";
import type { PortSet } from "./port-set.ts";
import type { World } from "./world.ts";

/** A requirement of a selector that the peer does not meet; `actual` is absent where it has no such label. */
export interface UnmetLabel {
  readonly on: "pod" | "namespace";
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly actual?: string;
}

export interface NearestRule {
  readonly policy: Resource;
  readonly rule: number;
  readonly path: Path;
  /** The peer matches; these are the ports the rule admits. */
  readonly ports?: PortSet;
  /** The peer's labels that would have to differ. */
  readonly labels?: readonly UnmetLabel[];
}

interface Candidate extends NearestRule {
  /** Lower is nearer. */
  readonly distance: number;
}

/** `undefined` when no rule comes near: none at all, or address rules only. O(rules × peers). */
export function nearestRule(
  world: World,
  direction: Direction,
  policies: readonly CompiledPolicy[],
  subject: Face,
  peer: Face,
  point: number | undefined,
): NearestRule | undefined {
  let best: Candidate | undefined;
  for (const { policy, ...compiled } of policies) {
    for (const rule of compiled[direction] ?? []) {
      for (const candidate of candidatesOf(world, direction, policy.resource, rule, subject, peer, point)) {
        if (best === undefined || candidate.distance < best.distance) best = candidate;
      }
    }
  }
  if (best === undefined) return undefined;
  const { distance: _, ...nearest } = best;
  return nearest;
}

function candidatesOf(
  world: World,
  direction: Direction,
  policy: Resource,
  { rule, isForEveryone, ports }: CompiledRule,
  subject: Face,
  peer: Face,
  point: number | undefined,
): readonly Candidate[] {
  const destination = direction === "ingress" ? subject : peer;
  const admitted = world.outcomes.sureOf(ports.at(world.classes.portsOf[destination.peer] ?? 0));
  const isPortMissing = point !== undefined && !contains(admitted, point);
  const missing = isPortMissing ? { ports: admitted } : {};
  const atPort = isPortMissing ? 1 : 0;
  const place = { policy, rule: rule.index };
  if (isForEveryone) return [{ ...place, path: rulePath(direction, rule.index), ...missing, distance: atPort }];
  if (rule.peers === "any") return [];
  return rule.peers.flatMap((one, index): readonly Candidate[] => {
    const labels = unmetLabels(world, one, peer);
    if (labels === undefined) return [];
    const path = rulePath(direction, rule.index, index);
    const lacking = labels.length === 0 ? {} : { labels };
    return [{ ...place, path, ...missing, ...lacking, distance: labels.length * 2 + atPort }];
  });
}

/** What a pod lacks to be a peer; `undefined` where labels have no part in it. */
function unmetLabels(world: World, peer: Peer, { pod }: Face): readonly UnmetLabel[] | undefined {
  if (peer.kind !== "pods" || pod === undefined) return undefined;
  const namespaceLabels = world.inventory.namespaces.get(pod.namespace);
  const namespaces: LabelSelector =
    peer.namespaces.kind === "own"
      ? { matchLabels: { "kubernetes.io/metadata.name": peer.namespaces.name } }
      : peer.namespaces.selector;
  return [...unmet("namespace", namespaces, namespaceLabels), ...unmet("pod", peer.pods, pod.labels)];
}

function* unmet(on: UnmetLabel["on"], selector: LabelSelector, labels: Labels): Generator<UnmetLabel> {
  const asExpressions = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: "In",
    values: [value ?? ""],
  }));
  for (const requirement of [...asExpressions, ...(selector.matchExpressions ?? [])]) {
    if (requirement === null) continue;
    if (matchSelector({ matchExpressions: [requirement] }, labels ?? {}) !== "no-match") continue;
    const { key, operator, values } = requirement;
    const actual = labels?.[key ?? ""];
    yield {
      on,
      key: key ?? "",
      operator: operator ?? "",
      values: (values ?? []).map((value) => value ?? ""),
      ...(actual == null ? {} : { actual }),
    };
  }
}
