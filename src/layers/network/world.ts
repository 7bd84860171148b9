// Everything an answer needs, put together from an inventory: vocabulary, classes, address atoms, rows.

import { cutAddresses, type AddressAtoms } from "./address-atoms.ts";
import { createAddressGroups, type AddressGroups } from "./address-groups.ts";
import type { AddressPoint } from "./address.ts";
import type { AddressSet } from "./address-set.ts";
import { compilePolicy, type CompiledPolicy } from "./compiled-policy.ts";
import { createDirectionRows, type DirectionRows } from "./direction-rows.ts";
import type { LabelCode } from "./label-dictionary.ts";
import type { Inventory } from "./inventory.ts";
import type { Outcomes } from "./outcome.ts";
import { createPeerLists, type PeerLists } from "./peer-lists.ts";
import { STRANGE_NAMESPACE, STRANGER, type Pod } from "./pod.ts";
import { classifyPods, type PodClasses } from "./pod-classes.ts";
import { selectClasses, type Selection } from "./policy-sets.ts";
import { createTierStages, type TierStages } from "./tier-stage.ts";
import { createVocabulary, namespaceNumber, type Vocabulary } from "./vocabulary.ts";

export interface NetworkOptions {
  /** Where the addresses of pods without a known address lie; anywhere in IPv4 unless given. */
  readonly podCidrs?: AddressSet;
}

export interface World {
  readonly inventory: Inventory;
  readonly options: NetworkOptions;
  readonly outcomes: Outcomes;
  readonly policies: readonly CompiledPolicy[];
  readonly classes: PodClasses;
  /** Every set of addresses that some rule names. */
  readonly blocks: readonly AddressSet[];
  readonly atoms: AddressAtoms;
  readonly lists: PeerLists;
  readonly groups: AddressGroups;
  readonly selection: Selection;
  readonly stages: TierStages;
  readonly ingress: DirectionRows;
  readonly egress: DirectionRows;
  /** Pods with an address of their own. */
  readonly podAt: ReadonlyMap<AddressPoint, Pod>;
  readonly nodesAt: ReadonlyMap<AddressPoint, string>;
}

export function buildWorld(inventory: Inventory, options: NetworkOptions): World {
  const vocabulary = createVocabulary();
  const policies = inventory.policies.map((policy) => compilePolicy(policy, vocabulary, inventory.nodes));
  const { outcomes, podLabels, portTables } = vocabulary;
  for (const name of [...inventory.namespaces.keys(), STRANGE_NAMESPACE]) namespaceNumber(vocabulary, name);
  const classes = classifyPods([...podsOf(inventory), STRANGER], vocabulary.namespaces, podLabels, portTables);
  const atoms = cutAddresses(vocabulary.blocks.all);
  const lists = createPeerLists(classes, namespaceCodes(inventory, vocabulary));
  const selection = selectClasses(policies, orderOf(policies), lists, classes.count);
  const stages = createTierStages({ outcomes, classes, atoms, lists });
  const rows = { policies, selection, outcomes, classes, atoms, lists, stages };
  return {
    inventory,
    options,
    outcomes,
    policies,
    classes,
    blocks: vocabulary.blocks.all,
    atoms,
    lists,
    groups: createAddressGroups(),
    selection,
    stages,
    ingress: createDirectionRows("ingress", rows),
    egress: createDirectionRows("egress", rows),
    ...addressBook(inventory),
  };
}

/** Labels by namespace number. A namespace that is not given has its name for a label, nothing else. */
function namespaceCodes(inventory: Inventory, { namespaces, namespaceLabels }: Vocabulary): readonly LabelCode[] {
  return [...namespaces.keys()].map((name) =>
    namespaceLabels.encode(inventory.namespaces.get(name) ?? { "kubernetes.io/metadata.name": name }),
  );
}

function* podsOf(inventory: Inventory): Generator<Pod> {
  for (const { pods } of inventory.workloads) yield* pods;
}

/** Cluster policies by priority, so that equal sequences are equal sets. */
function orderOf(policies: readonly CompiledPolicy[]): readonly number[] {
  return [...policies.keys()].toSorted(
    (a, b) => (policies[a]?.policy.priority ?? 0) - (policies[b]?.policy.priority ?? 0),
  );
}

function addressBook(inventory: Inventory): Pick<World, "podAt" | "nodesAt"> {
  const podAt = new Map<AddressPoint, Pod>();
  const nodesAt = new Map<AddressPoint, string>();
  for (const pod of podsOf(inventory)) {
    if (!pod.isHostNetwork) for (const point of pod.addresses) podAt.set(point, pod);
    if (pod.node !== undefined) for (const point of pod.nodeAddresses) nodesAt.set(point, pod.node);
  }
  for (const { name, addresses } of inventory.nodes) for (const point of addresses) nodesAt.set(point, name);
  return { podAt, nodesAt };
}
