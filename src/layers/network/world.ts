// Everything an answer needs, put together from an inventory: vocabulary, classes, address atoms, rows.

import type { Labels } from "../../kubernetes/label-selector.ts";
import { cutAddresses, type AddressAtoms } from "./address-atoms.ts";
import { createAddressGroups, type AddressGroups } from "./address-groups.ts";
import type { AddressPoint } from "./address.ts";
import type { AddressSet } from "./address-set.ts";
import { compilePolicy, type CompiledPolicy } from "./compiled-policy.ts";
import { createDirectionRows, type DirectionRows } from "./direction-rows.ts";
import type { Inventory } from "./inventory.ts";
import { createOutcomes, type Outcomes } from "./outcome.ts";
import { createPeerSets } from "./peer-sets.ts";
import { STRANGE_NAMESPACE, STRANGER, type Pod } from "./pod.ts";
import { classifyPods, type PodClasses } from "./pod-classes.ts";
import { selectClasses, type Selection } from "./policy-sets.ts";
import { createTierStages, type TierStages } from "./tier-stage.ts";
import { createVocabulary, learn } from "./vocabulary.ts";

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
  for (const policy of inventory.policies) learn(vocabulary, policy, inventory.nodes);
  const names = [...inventory.namespaces.keys(), STRANGE_NAMESPACE];
  const namespaces = new Map(names.map((name, index) => [name, index]));
  const labelsOf = (name: string): Labels =>
    inventory.namespaces.get(name) ?? { "kubernetes.io/metadata.name": STRANGE_NAMESPACE };
  const namespaceCodes = names.map((name) => vocabulary.namespaceLabels.encode(labelsOf(name)));
  const classes = classifyPods(
    [...podsOf(inventory), STRANGER],
    namespaces,
    vocabulary.podLabels,
    vocabulary.portTables,
  );
  const atoms = cutAddresses(vocabulary.blocks.all);
  const outcomes = createOutcomes();
  const peerSets = createPeerSets(classes, namespaceCodes);
  const context = { vocabulary, outcomes, peerSets, namespaces, nodes: inventory.nodes };
  const policies = inventory.policies.map((policy) => compilePolicy(policy, context));
  const selection = selectClasses(policies, orderOf(policies), classes);
  const stages = createTierStages({ outcomes, classes, atoms });
  const rows = { policies, selection, outcomes, classes, atoms, stages };
  return {
    inventory,
    options,
    outcomes,
    policies,
    classes,
    blocks: vocabulary.blocks.all,
    atoms,
    groups: createAddressGroups(),
    selection,
    stages,
    ingress: createDirectionRows("ingress", rows),
    egress: createDirectionRows("egress", rows),
    ...addressBook(inventory),
  };
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
