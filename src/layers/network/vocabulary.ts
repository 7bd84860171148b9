// What policies talk about: labels, namespaces, named ports, address blocks, peers. Pods and addresses are reduced to
// this vocabulary, so it is complete before they are; it only grows, so that what was compiled stays valid.

import { createAddressBlocks, type AddressBlocks } from "./address-blocks.ts";
import { createPortCompiler, type PortCompiler } from "./compiled-ports.ts";
import { createLabelDictionary, type LabelDictionary } from "./label-dictionary.ts";
import { createPortTables, type PortTables } from "./named-ports.ts";
import { createOutcomes, type Outcomes } from "./outcome.ts";
import { createPeerSets, type PeerSets } from "./peer-set.ts";

export interface Vocabulary {
  readonly podLabels: LabelDictionary;
  readonly namespaceLabels: LabelDictionary;
  /** Numbers of namespaces by name. */
  readonly namespaces: Map<string, number>;
  readonly portTables: PortTables;
  readonly compilePorts: PortCompiler;
  readonly blocks: AddressBlocks;
  readonly peerSets: PeerSets;
  readonly outcomes: Outcomes;
}

export function createVocabulary(): Vocabulary {
  const portTables = createPortTables();
  const outcomes = createOutcomes();
  return {
    podLabels: createLabelDictionary(),
    namespaceLabels: createLabelDictionary(),
    namespaces: new Map(),
    portTables,
    compilePorts: createPortCompiler(portTables, outcomes),
    blocks: createAddressBlocks(),
    peerSets: createPeerSets(),
    outcomes,
  };
}

/** The number of a namespace; new names get the next. */
export function namespaceNumber({ namespaces }: Vocabulary, name: string): number {
  const known = namespaces.get(name);
  if (known !== undefined) return known;
  namespaces.set(name, namespaces.size);
  return namespaces.size - 1;
}

/** How much the vocabulary knew: pods that were reduced then may be reduced differently now. */
export interface VocabularyVersion {
  readonly podLabels: number;
  readonly namespaceLabels: number;
  readonly namespaces: number;
  readonly portNames: number;
  /** Peer sets up to this number use words known then only. */
  readonly peerSets: number;
}

export function versionOf(vocabulary: Vocabulary): VocabularyVersion {
  const { podLabels, namespaceLabels, namespaces, portTables, peerSets } = vocabulary;
  return {
    podLabels: podLabels.words().length,
    namespaceLabels: namespaceLabels.words().length,
    namespaces: namespaces.size,
    portNames: portTables.names().length,
    peerSets: peerSets.count(),
  };
}
