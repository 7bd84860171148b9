// What policies select and admit, pod by pod: subjects and peers that are nobody, rules that admit everybody.

import { valueAt, type Path } from "../../kubernetes/path.ts";
import type { LabelSelector } from "../../kubernetes/label-selector.ts";
import type { Evidence } from "../../verdicts/evidence.ts";
import { EVERY_FOUR, type AddressSet } from "./address-set.ts";
import { INTERNET } from "./internet.ts";
import { intersect, isEmpty, subtract } from "./interval-set.ts";
import type { NetworkFault } from "./network-rule.ts";
import type { JudgedPolicy, NetworkView } from "./network-view.ts";
import { DIRECTIONS, rulePath, type Peer } from "./policy.ts";

/** No pod of the input is its subject, and the input has workloads where it would be. */
export function selectsNothing({ policy, number }: JudgedPolicy, view: NetworkView): boolean {
  const { network, workloads, hasPods } = view;
  const compiled = network.world.policies[number];
  if (compiled === undefined || workloads.length === 0) return false;
  const { namespace } = policy.resource.id;
  if (namespace !== "" && !inhabitedOf(view).has(namespace)) return false;
  return !hasPods(network.world.lists.classesOf(compiled.subject));
}

const inhabited = new WeakMap<NetworkView, ReadonlySet<string>>();

function inhabitedOf(view: NetworkView): ReadonlySet<string> {
  let names = inhabited.get(view);
  if (names === undefined)
    inhabited.set(view, (names = new Set(view.workloads.map(({ workload }) => workload.namespace))));
  return names;
}

export function subjectEvidence({ policy: { resource, tier } }: JudgedPolicy): readonly Evidence[] {
  const field = tier === "NetworkPolicy" ? "podSelector" : "subject";
  return [evidenceAt(resource.object, ["spec", field])];
}

export function evidenceAt(object: object, path: Path): Evidence {
  const value = valueAt(object, path);
  return value === undefined ? { path, absent: true } : { path, value };
}

/** Peers in the policy's own namespace that are no pod of the input. */
export function* emptyPeers(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const { policy, number } = judged;
  const compiled = view.network.world.policies[number];
  if (compiled === undefined || !inhabitedOf(view).has(policy.resource.id.namespace)) return;
  for (const direction of DIRECTIONS) {
    for (const { rule, peers } of compiled[direction] ?? []) {
      for (const [index, peer] of peers.entries()) {
        const written = rule.peers === "any" ? undefined : rule.peers[index];
        if (peer.kind !== "pods" || written?.kind !== "pods" || written.namespaces.kind !== "own") continue;
        if (view.hasPods(view.network.world.lists.classesOf(peer.set))) continue;
        const path = [...rulePath(direction, rule.index, index), "podSelector"];
        const text = selectorText(written.pods);
        const evidence = [evidenceAt(policy.resource.object, path)];
        yield { key: `${direction} ${text}`, arguments: { peer: text }, evidence };
      }
    }
  }
}

export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value ?? ""}`);
  const expressions = (matchExpressions ?? []).map((one) =>
    [one?.key ?? "", one?.operator ?? "", (one?.values ?? []).join("|")].join(" ").trim(),
  );
  return [...labels, ...expressions].join(", ") || "{}";
}

const PUBLIC: AddressSet = intersect(INTERNET, EVERY_FOUR);

/** Ingress rules of a NetworkPolicy that admit everybody, or every public address, on every port. */
export function* openRules({ policy }: JudgedPolicy): Generator<NetworkFault> {
  if (policy.tier !== "NetworkPolicy") return;
  for (const { index, peers, ports } of policy.ingress ?? []) {
    if (ports !== "any" || !(peers === "any" || peers.some(isEverybody))) continue;
    const from = valueAt(policy.resource.object, [...rulePath("ingress", index), "from"]);
    const path = [...rulePath("ingress", index), ...(from === undefined ? [] : ["from"])];
    const number = `${index + 1}`;
    yield { key: number, arguments: { rule: number }, evidence: [evidenceAt(policy.resource.object, path)] };
  }
}

function isEverybody(peer: Peer): boolean {
  return peer.kind === "addresses" && isEmpty(subtract(PUBLIC, peer.set));
}
