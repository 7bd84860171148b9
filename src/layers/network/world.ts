// Everything an answer needs, put together from an inventory: vocabulary, classes, address atoms, rows.

import { cutAddresses, type AddressAtoms } from "./address-atoms.ts";
import {
  createAddressGroups,
  createUnknownAddress,
  type AddressGroups,
  type UnknownAddress,
} from "./address-groups.ts";
import type { AddressPoint } from "./address.ts";
import type { AddressSet } from "./address-set.ts";
import type { CompiledPolicy } from "./compiled-policy.ts";
import { deferredMap } from "./deferred-map.ts";
import { createDirectionRows, createRowCaches, type DirectionRows, type RowCaches } from "./direction-rows.ts";
import type { LabelCode } from "./label-dictionary.ts";
import type { Inventory } from "./inventory.ts";
import type { Outcomes } from "./outcome.ts";
import { createPeerLists, type PeerLists } from "./peer-lists.ts";
import { STRANGE_NAMESPACE, STRANGER, type Pod } from "./pod.ts";
import { classifyPods, type PodClasses } from "./pod-classes.ts";
import { changePolicies, createPolicyStore, orderOf, type PolicyStore } from "./policy-store.ts";
import { changeSelection, selectClasses, splitSelection, type Selection } from "./policy-sets.ts";
import type { Direction } from "./policy.ts";
import type { ReadPolicy } from "./read-network-policy.ts";
import { splitClasses } from "./split-classes.ts";
import { createTierStages, type TierStages } from "./tier-stage.ts";
import { createVocabulary, namespaceNumber, versionOf, type Vocabulary, type VocabularyVersion } from "./vocabulary.ts";

export interface NetworkOptions {
  /** Where the addresses of pods without a known address lie; anywhere in IPv4 unless given. */
  readonly podCidrs?: AddressSet;
}

export interface World extends Ground {
  readonly policies: readonly CompiledPolicy[];
  readonly store: PolicyStore;
  readonly selection: Selection;
  readonly ingress: DirectionRows;
  readonly egress: DirectionRows;
}

/** What does not change when a policy changes that uses known words only. */
interface Ground extends AddressGround, AddressBook {
  readonly inventory: Inventory;
  readonly options: NetworkOptions;
  readonly vocabulary: Vocabulary;
  /** Of the vocabulary that pods were reduced to. */
  readonly version: VocabularyVersion;
  readonly outcomes: Outcomes;
  readonly classes: PodClasses;
  readonly lists: PeerLists;
}

/** Made when first asked for: the map of all pairs does without. */
interface AddressBook {
  /** Pods with an address of their own. */
  readonly podAt: ReadonlyMap<AddressPoint, Pod>;
  /** Names of nodes. */
  readonly nodesAt: ReadonlyMap<AddressPoint, string>;
}

/** What changes when a policy names addresses that none named before. */
interface AddressGround {
  /** Every set of addresses that some rule names. */
  readonly blocks: readonly AddressSet[];
  readonly atoms: AddressAtoms;
  readonly groups: AddressGroups;
  readonly unknownAddress: UnknownAddress;
  readonly stages: TierStages;
  readonly caches: Readonly<Record<Direction, RowCaches>>;
}

/** Builds a world. About linear; rows come when first asked for. */
export function buildWorld(inventory: Inventory, options: NetworkOptions): World {
  const vocabulary = createVocabulary();
  const store = createPolicyStore(inventory.policies, vocabulary, inventory.nodes);
  return worldOn(inventory, options, vocabulary, store, addressBook(inventory));
}

/** Past this many policies that are gone for each one there is, a change starts afresh. */
const MOST_GONE = 4;

/**
 * The world with some policies read anew (or gone). Where they use known words only, classes, addresses and the rows
 * of other policies stay.
 */
export function withPolicies(
  world: World,
  inventory: Inventory,
  reads: Iterable<readonly [key: string, read: ReadPolicy | undefined]>,
): World {
  const { options, vocabulary, store: before } = world;
  if (before.compiled.length > MOST_GONE * before.numbers.size + 1000) return buildWorld(inventory, options);
  const { store, gone, added } = changePolicies(before, reads, vocabulary, inventory.nodes);
  const informed = withNewWords({ ...world, inventory });
  if (informed === undefined) return worldOn(inventory, options, vocabulary, store, world);
  const ground = withNewBlocks(informed);
  const selection = changeSelection(ground.selection, store.compiled, gone, added, ground.lists);
  return under(ground, store, selection);
}

/** Addresses cut further by the blocks that are new; rows stay. */
function withNewBlocks<G extends Ground>(ground: G): G {
  const all = ground.vocabulary.blocks.all;
  if (all.length === ground.blocks.length) return ground;
  const blocks = all.slice();
  const atoms = ground.atoms.with(blocks.slice(ground.blocks.length));
  const unknownAddress = createUnknownAddress(ground.groups, atoms, ground.options.podCidrs);
  return { ...ground, blocks, atoms, unknownAddress };
}

type Selected = Ground & { readonly selection: Selection };

/**
 * Pods that have labels or named ports that no policy named before, in classes of their own; namespaces likewise. Where
 * no pod and no namespace has the new words, everything stays. `undefined`: better made anew.
 */
function withNewWords<G extends Selected>(ground: G): G | undefined {
  const { vocabulary, version: old, outcomes, lists, atoms } = ground;
  const { podLabels, portTables } = vocabulary;
  const version = versionOf(vocabulary);
  const labels = podLabels.words().slice(old.podLabels);
  const portNames = portTables.names().slice(old.portNames);
  const { workloads } = ground.inventory; // the stranger has neither labels nor ports
  const split = splitClasses(ground.classes, workloads, { labels, portNames }, podLabels, portTables);
  if (split === undefined) return undefined;
  const { classes, splits } = split;
  const isSame = version.namespaceLabels === old.namespaceLabels && version.namespaces === old.namespaces;
  if (splits.length === 0 && isSame) return { ...ground, version };
  const codes = isSame ? lists.namespaceLabels : namespaceCodes(ground.inventory, vocabulary);
  const now = createPeerLists(classes, codes, { lists, splits, setCount: old.peerSets });
  const context = { outcomes, classes, atoms, lists: now };
  return {
    ...ground,
    classes,
    lists: now,
    version,
    selection: splitSelection(ground.selection, splits, classes.count),
    stages: createTierStages(context),
    caches: { ingress: createRowCaches(context), egress: createRowCaches(context) },
  };
}

function worldOn(
  inventory: Inventory,
  options: NetworkOptions,
  vocabulary: Vocabulary,
  store: PolicyStore,
  { podAt, nodesAt }: AddressBook,
): World {
  const { outcomes, podLabels, portTables } = vocabulary;
  for (const name of [...inventory.namespaces.keys(), STRANGE_NAMESPACE]) namespaceNumber(vocabulary, name);
  const classes = classifyPods(podsOf(inventory), vocabulary.namespaces, podLabels, portTables);
  const lists = createPeerLists(classes, namespaceCodes(inventory, vocabulary));
  const ground: Ground = {
    inventory,
    options,
    vocabulary,
    version: versionOf(vocabulary),
    outcomes,
    classes,
    lists,
    ...addressGround({ vocabulary, options, classes, lists }),
    podAt,
    nodesAt,
  };
  return under(ground, store, selectClasses(store.compiled, orderOf(store), lists, classes.count));
}

/** Addresses cut by the blocks of the vocabulary, and what rests on them. */
function addressGround({
  vocabulary,
  options,
  classes,
  lists,
}: Pick<Ground, "vocabulary" | "options" | "classes" | "lists">): AddressGround {
  const blocks = vocabulary.blocks.all.slice();
  const atoms = cutAddresses(blocks);
  const groups = createAddressGroups();
  const context = { outcomes: vocabulary.outcomes, classes, atoms, lists };
  return {
    blocks,
    atoms,
    groups,
    unknownAddress: createUnknownAddress(groups, atoms, options.podCidrs),
    stages: createTierStages(context),
    caches: { ingress: createRowCaches(context), egress: createRowCaches(context) },
  };
}

function under(ground: Ground, store: PolicyStore, selection: Selection): World {
  const policies = store.compiled;
  const rowsOf = (direction: Direction): DirectionRows =>
    createDirectionRows(direction, { ...ground, policies, selection, caches: ground.caches[direction] });
  return { ...ground, policies, store, selection, ingress: rowsOf("ingress"), egress: rowsOf("egress") };
}

/** Labels by namespace number. A namespace that is not given has its name for a label, nothing else. */
function namespaceCodes(inventory: Inventory, { namespaces, namespaceLabels }: Vocabulary): readonly LabelCode[] {
  return [...namespaces.keys()].map((name) =>
    namespaceLabels.encode(inventory.namespaces.get(name) ?? { "kubernetes.io/metadata.name": name }),
  );
}

function podsOf(inventory: Inventory): readonly Pod[] {
  const pods: Pod[] = [];
  for (const workload of inventory.workloads) for (const pod of workload.pods) pods.push(pod);
  pods.push(STRANGER);
  return pods;
}

function addressBook(inventory: Inventory): AddressBook {
  return {
    podAt: deferredMap(() => {
      const found = new Map<AddressPoint, Pod>();
      for (const pod of podsOf(inventory))
        if (!pod.isHostNetwork) for (const point of pod.addresses) found.set(point, pod);
      return found;
    }),
    nodesAt: deferredMap(() => {
      const found = new Map<AddressPoint, string>();
      for (const { node, nodeAddresses, isHostNetwork, addresses } of podsOf(inventory)) {
        if (node === undefined) continue;
        for (const point of nodeAddresses) found.set(point, node);
        if (isHostNetwork) for (const point of addresses) found.set(point, node); // its node's own
      }
      for (const { name, addresses } of inventory.nodes) for (const point of addresses) found.set(point, name);
      return found;
    }),
  };
}
