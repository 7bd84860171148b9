// Parts of policies that name what is not there, or cannot be: selectors that contradict themselves, ports no pod has,
// pods of other namespaces, rules of a direction that policyTypes leaves out.

import type { LocatedEvidence } from "../../../verdicts/finding.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import type { CompiledRule } from "../compiled-policy.ts";
import type { NetworkFault } from "../network-rule.ts";
import type { JudgedPolicy, NetworkView } from "../network-view.ts";
import type { PeerSet } from "../peer-set.ts";
import type { ClassId } from "../pod-classes.ts";
import { DIRECTIONS, type PortMatch } from "../policy.ts";
import { evidenceAt, selectorText } from "../policy-reach.ts";
import { contentKey, createKeys, evidenceOf, pathOf, placeText, type RulePlace } from "./place.ts";
import { isWithinInput, podsNamed, rulesToday, type RuleToday } from "./today.ts";
import { qualityOf } from "./view.ts";

/** Selectors that no pod can ever satisfy, and address ranges with nothing left; the subject's makes all else idle. */
export function* contradictions({ policy }: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const { space } = qualityOf(view);
  if (space.subject(policy) === undefined) {
    const field = policy.tier === "NetworkPolicy" ? "podSelector" : "subject";
    const values = { place: field };
    yield { key: field, arguments: values, evidence: [evidenceAt(policy.resource.object, ["spec", field])] };
    return;
  }
  const keys = createKeys();
  for (const direction of DIRECTIONS) {
    for (const rule of policy[direction] ?? []) {
      if (rule.peers === "any" || rule.isFailedClosed) continue;
      for (const [peer, box] of space.rule(policy, direction, rule).peers.entries()) {
        if (box !== undefined) continue;
        const place: RulePlace = { policy, direction, rule, peer };
        yield { key: keys(contentKey(place)), arguments: { place: placeText(place) }, evidence: [evidenceOf(place)] };
      }
    }
  }
}

/** Rules of a NetworkPolicy for a direction that its policyTypes do not name. */
export function* unlistedDirections({ policy }: JudgedPolicy): Generator<NetworkFault> {
  if (policy.tier !== "NetworkPolicy") return;
  const { object } = policy.resource;
  for (const direction of DIRECTIONS) {
    const rules = valueAt(object, ["spec", direction]);
    if (policy[direction] !== undefined || !Array.isArray(rules) || rules.length === 0) continue;
    const types = evidenceAt(object, ["spec", "policyTypes"]);
    const type = direction === "ingress" ? "Ingress" : "Egress";
    yield {
      key: type,
      arguments: { field: direction, type },
      evidence: [types, evidenceAt(object, ["spec", direction])],
    };
  }
}

/** Named ports that none of the pods a rule leads to has. */
export function* missingPortNames(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    const written = rule.compiled.rule;
    if (written.ports === "any" || written.ports.every(({ kind }) => kind === "numbers")) continue;
    const destinations = rule.direction === "ingress" ? rule.subjects : destinationsOf(view, rule);
    if (destinations === undefined) continue;
    for (const [index, port] of written.ports.entries()) {
      if (port.kind !== "named" || destinations.some((id) => hasPort(view, port, id))) continue;
      const place: RulePlace = { policy: judged.policy, direction: rule.direction, rule: written };
      const evidence: LocatedEvidence = evidenceAt(judged.policy.resource.object, [
        ...pathOf(place),
        "ports",
        index,
        "port",
      ]);
      const values = { place: placeText(place), port: `${port.protocol ?? ""} ${port.name}`.trim() };
      yield { key: keys(`${rule.direction} ${values.port}`), arguments: values, evidence: [evidence] };
    }
  }
}

function hasPort(
  { network: { world } }: NetworkView,
  port: PortMatch & { readonly kind: "named" },
  id: ClassId,
): boolean {
  const { portTables } = world.vocabulary;
  return portTables.resolve(port, world.classes.portsOf[id] ?? 0).length > 0;
}

/** The pods that egress of a rule may lead to; `undefined` where some are not of the input. */
function destinationsOf(view: NetworkView, rule: RuleToday): readonly ClassId[] | undefined {
  if (rule.compiled.isForEveryone) return undefined;
  const lists = [...rule.compiled.peers.keys()].map((peer) =>
    isWithinInput(rule, peer) ? podsNamed(view, rule, peer) : undefined,
  );
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

/** Peers that are pods of other namespaces, which are there, with pods, and none of these is meant. */
export function* missingPeersElsewhere(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    for (const [peer, { kind, set }] of podPeers(rule.compiled)) {
      const written = rule.compiled.rule.peers === "any" ? undefined : rule.compiled.rule.peers[peer];
      if (kind !== "pods" || written?.kind !== "pods" || written.namespaces.kind !== "selected") continue;
      if (!isWithinInput(rule, peer) || isPresent(view, set) || !hasNeighbours(view, set)) continue;
      const place: RulePlace = { policy: judged.policy, direction: rule.direction, rule: rule.compiled.rule, peer };
      const namespaces = selectorText(written.namespaces.selector);
      const values = { place: placeText(place), peer: selectorText(written.pods), namespaces };
      yield { key: keys(contentKey(place)), arguments: values, evidence: [evidenceOf(place)] };
    }
  }
}

function* podPeers({
  peers,
}: CompiledRule): Generator<readonly [number, { readonly kind: "pods"; readonly set: PeerSet }]> {
  for (const [index, peer] of peers.entries()) if (peer.kind === "pods") yield [index, peer];
}

function isPresent(view: NetworkView, set: PeerSet): boolean {
  return qualityOf(view).presence.of(set).length > 0;
}

/** Whether the namespaces that are meant have pods in the input. */
function hasNeighbours(view: NetworkView, { scope, withHosts }: PeerSet): boolean {
  const { vocabulary } = view.network.world;
  const everybody = vocabulary.peerSets.setOf(scope, vocabulary.podLabels.compile({}), withHosts);
  return isPresent(view, everybody);
}
