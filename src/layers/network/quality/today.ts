// Rules of NetworkPolicies that admit nothing today: nothing there is what they name, a higher tier decides before them,
// or the other end closes what they open. About the pods of the input, by the engine's own rows.

import type { LocatedEvidence } from "../../../verdicts/finding.ts";
import type { CompiledRule } from "../compiled-policy.ts";
import { intersect, isEmpty } from "../interval-set.ts";
import type { NetworkFault } from "../network-rule.ts";
import type { JudgedPolicy, NetworkView } from "../network-view.ts";
import { NONE } from "../outcome.ts";
import type { PeerSet } from "../peer-set.ts";
import type { ClassId } from "../pod-classes.ts";
import { EMPTY_SET } from "../policy-sets.ts";
import { DIRECTIONS, type Direction, type Policy } from "../policy.ts";
import type { PortSet } from "../port-set.ts";
import type { World } from "../world.ts";
import { contentKey, createKeys, evidenceOf, placeText, shortList, type RulePlace } from "./place.ts";
import { qualityOf } from "./view.ts";

/** A rule of a NetworkPolicy with the pods there are at its own end. */
export interface RuleToday {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly compiled: CompiledRule;
  /** Classes of pods it is for; not in the network of their node. Never empty. */
  readonly subjects: readonly ClassId[];
  readonly subject: PeerSet;
  /** It selects pods in the network of their node as well: whether it is for them differs between plugins. */
  readonly selectsHosts: boolean;
}

const rules = new WeakMap<JudgedPolicy, readonly RuleToday[]>();

/** The rules of a NetworkPolicy that selects pods of the input. */
export function rulesToday(judged: JudgedPolicy, view: NetworkView): readonly RuleToday[] {
  let found = rules.get(judged);
  if (found === undefined) rules.set(judged, (found = findRules(judged, view)));
  return found;
}

function findRules({ policy, number }: JudgedPolicy, view: NetworkView): readonly RuleToday[] {
  const compiled = view.network.world.policies[number];
  if (compiled === undefined || policy.tier !== "NetworkPolicy") return [];
  const { classes } = view.network.world;
  const subjects = qualityOf(view).presence.of(compiled.subject);
  const selected = subjects.filter((id) => classes.isHostNetwork[id] === 0);
  if (selected.length === 0) return [];
  return DIRECTIONS.flatMap((direction) =>
    (compiled[direction] ?? []).map((rule): RuleToday => ({
      policy,
      direction,
      compiled: rule,
      subjects: selected,
      subject: compiled.subject,
      selectsHosts: selected.length < subjects.length,
    })),
  );
}

/** Ports of a rule at a destination. */
export function portsAt(world: World, { compiled }: RuleToday, destination: ClassId): PortSet {
  return world.outcomes.sureOf(compiled.ports.at(world.classes.portsOf[destination] ?? 0));
}

/** Peers that are pods of the input; `undefined` where a peer is anything else, or none of the input. */
export function podsNamed(view: NetworkView, { compiled }: RuleToday, peer: number): readonly ClassId[] | undefined {
  const found = compiled.peers[peer];
  if (found?.kind !== "pods") return undefined;
  const present = qualityOf(view).presence.of(found.set);
  return present.length === 0 ? undefined : present;
}

const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** Whether no pod outside of the input may be meant: the input is a whole cluster, or the peer's namespaces are named. */
export function isWithinInput({ policy, compiled }: RuleToday, peer: number): boolean {
  if (policy.resource.provenance.kind === "server") return true;
  const written = compiled.rule.peers === "any" ? undefined : compiled.rule.peers[peer];
  if (written?.kind !== "pods") return false;
  if (written.namespaces.kind === "own") return true;
  const { matchLabels, matchExpressions } = written.namespaces.selector;
  const isNamed = Object.hasOwn(matchLabels ?? {}, NAMESPACE_NAME);
  return isNamed || (matchExpressions ?? []).some((one) => one?.key === NAMESPACE_NAME && one.operator === "In");
}

/** One fault for each rule all of whose peers are dead, else for each peer that is. */
export function* faultsOf(
  rule: RuleToday,
  isDead: (peer: number | undefined) => boolean,
  faultAt: (place: RulePlace) => NetworkFault,
): Generator<NetworkFault> {
  const { policy, direction, compiled } = rule;
  const place = { policy, direction, rule: compiled.rule };
  if (compiled.isForEveryone) {
    if (isDead(undefined)) yield faultAt(place);
    return;
  }
  const dead = [...compiled.peers.keys()].filter((peer) => isDead(peer));
  if (dead.length === 0) return;
  if (dead.length === compiled.peers.length) yield faultAt(place);
  else for (const peer of dead) yield faultAt({ ...place, peer });
}

/** Past this many pairs of classes a rule is taken to be alive. */
const MOST_PAIRS = 512;

/** Rules whose pods can never use them, since the peers' own policies keep all of it closed. */
export function* closedElsewhere(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    if (rule.compiled.isForEveryone || rule.selectsHosts) continue;
    let closers: readonly Policy[] = [];
    const isDead = (peer: number | undefined): boolean => {
      const found = peer === undefined ? undefined : closersOf(view, rule, peer);
      if (found !== undefined) closers = [...closers, ...found];
      return found !== undefined;
    };
    yield* faultsOf(rule, isDead, (place) => {
      const policies = [...new Set(closers)];
      return {
        key: keys(contentKey(place)),
        arguments: { place: placeText(place), others: namesOf(policies, place.policy) },
        evidence: [evidenceOf(place), ...policies.slice(0, 3).map((policy) => aboutPolicy(view, policy))],
      };
    });
  }
}

/** The policies at the other end, if they close all that a peer is let in or out for. */
function closersOf(view: NetworkView, rule: RuleToday, peer: number): readonly Policy[] | undefined {
  const { world } = view.network;
  const peers = podsNamed(view, rule, peer);
  if (peers === undefined || peers.length * rule.subjects.length > MOST_PAIRS || !isWithinInput(rule, peer))
    return undefined;
  if (peers.every((id) => rule.subjects.includes(id))) return undefined; // among themselves: nobody else is there yet
  const other = rule.direction === "ingress" ? world.egress : world.ingress;
  const anyGroup = world.groups.single(0); // no row asked below depends on addresses
  for (const end of peers) {
    const row = other.rowOf(end);
    if (
      world.classes.isHostNetwork[end] === 1 ||
      (row.network === undefined && row.admin === undefined && row.baseline === undefined)
    )
      return undefined;
    if (row.network?.byAddress !== undefined || (row.network?.namedBlocks.length ?? 0) > 0) return undefined;
    if (row.admin?.hasBlocks === true || row.baseline?.hasBlocks === true) return undefined;
    for (const subject of rule.subjects) {
      const ports = rule.compiled.ports.at(world.classes.portsOf[rule.direction === "ingress" ? subject : end] ?? 0);
      const common = world.outcomes.intersect(ports, other.cell(row, subject, anyGroup));
      if (ports === NONE || !isEmpty(world.outcomes.possibleOf(common))) return undefined;
    }
  }
  const direction = rule.direction === "ingress" ? "egress" : "ingress";
  return peers.flatMap((end) => policiesOn(world, direction, end));
}

function policiesOn(world: World, direction: Direction, id: ClassId): readonly Policy[] {
  const { sets, [direction]: tiers } = world.selection;
  return [tiers.Admin, tiers.NetworkPolicy, tiers.Baseline].flatMap((column) =>
    sets.membersOf(column[id] ?? EMPTY_SET).flatMap((number) => world.policies[number]?.policy ?? []),
  );
}

function namesOf(policies: readonly Policy[], own: Policy): string {
  const { namespace } = own.resource.id;
  return shortList(
    policies.map(({ resource: { id } }) =>
      id.namespace === namespace ? id.name : [id.namespace, id.name].filter(Boolean).join("/"),
    ),
  );
}

function aboutPolicy(view: NetworkView, { resource }: Policy): LocatedEvidence {
  const original = view.originalOf(resource);
  const path = ["metadata", "name"];
  const position = original.locate(path);
  return { path, value: original.id.name, resource: original.id, ...(position && { position }) };
}

/** Past this many cells a rule is taken to be alive. */
const MOST_CELLS = 20_000;

/** Rules that are never asked: Admin policies accept or deny all that they would admit of the pods there are. */
export function* decidedAbove(judged: JudgedPolicy, view: NetworkView): Generator<NetworkFault> {
  const { world } = view.network;
  const keys = createKeys();
  for (const rule of rulesToday(judged, view)) {
    const stages = rule.subjects.map((subject) => world[rule.direction].rowOf(subject).admin);
    if (rule.selectsHosts || stages.includes(undefined)) continue;
    yield* faultsOf(
      rule,
      (peer) => isDecidedAbove(view, rule, peer),
      (place) => {
        const admin = rule.subjects.flatMap((subject) =>
          policiesOn(world, rule.direction, subject).filter(({ tier }) => tier === "Admin"),
        );
        const policies = [...new Set(admin)];
        return {
          key: keys(contentKey(place)),
          arguments: { place: placeText(place), others: namesOf(policies, place.policy) },
          evidence: [evidenceOf(place), ...policies.slice(0, 3).map((policy) => aboutPolicy(view, policy))],
        };
      },
    );
  }
}

function isDecidedAbove(view: NetworkView, rule: RuleToday, peer: number | undefined): boolean {
  const { world } = view.network;
  const { classes, atoms, stages } = world;
  const written = peer === undefined ? undefined : rule.compiled.peers[peer];
  const everyKey = [...Array(atoms.keyCount).keys()];
  const everyone = [...qualityOf(view).presence.everyClass, classes.outside];
  const pods = peer === undefined ? undefined : podsNamed(view, rule, peer);
  if (written?.kind === "domains" || (written?.kind === "pods" && pods === undefined)) return false;
  const peers = pods ?? everyone;
  const keys = written?.kind === "block" ? [...atoms.keysOfBlock(written.block)] : everyKey;
  let isAboutPorts = false;
  for (const subject of rule.subjects) {
    const stage = world[rule.direction].rowOf(subject).admin;
    if (stage === undefined) return false;
    const some = stage.hasBlocks ? keys : keys.slice(0, 1);
    if (some.length * peers.length * rule.subjects.length > MOST_CELLS || some.length === 0) return false;
    for (const end of peers) {
      const ports = portsAt(world, rule, rule.direction === "ingress" ? subject : end);
      isAboutPorts ||= !isEmpty(ports);
      const isLeft = (key: number): boolean =>
        !isEmpty(intersect(ports, stages.cell(stage.cellAt(end, key)).undecided));
      if (some.some(isLeft)) return false;
    }
  }
  return isAboutPorts;
}
