// What the input holds, declared or made by something in it, and for which kinds and namespaces it says anything at all
// (docs/decisions/0007-references-in-partial-inputs.md).

import type { Resource } from "../../../cluster/resource.ts";
import type { Projected } from "../../../verdicts/projection.ts";
import type { MadeObject } from "./made-object.ts";
import { namespaceFor, type Reference, type TargetKind } from "./reference.ts";
import type { RelationFacts } from "./relation-facts.ts";
import { misspelled, similarNames } from "./similar-names.ts";
import { isOfPlatform, isSystemNamespace, isWellKnown } from "./well-known.ts";

/** How a reference stands to the input. */
export type Presence =
  | { readonly kind: "present"; readonly keys: ReadonlySet<string> | undefined }
  /** The input describes no object of the kind there, so it says nothing about this one. */
  | { readonly kind: "undescribed" }
  | { readonly kind: "missing"; readonly similar: readonly string[] };

export interface Inventory {
  readonly find: (reference: Pick<Reference, "target" | "namespace" | "name">) => Presence;
  /** Whether the input holds an object of the kind in the namespace. */
  readonly describes: (target: TargetKind, namespace: string) => boolean;
  /** The object declared with this identity: of several the one in the same file as `near`, else the last. */
  readonly get: (
    target: TargetKind,
    namespace: string,
    name: string,
    near?: Resource,
  ) => Projected<RelationFacts> | undefined;
}

interface Known {
  readonly keys: Set<string> | undefined;
  readonly entry?: Projected<RelationFacts>;
  /** Others declared with the same identity, as overlays and variants are. */
  readonly others?: readonly Projected<RelationFacts>[];
}

interface Place {
  readonly names: Map<string, Known>;
  /** Names that stand for `name-0`, `name-1`, …. */
  readonly numbered: Set<string>;
  /** Whether one of the kind itself is there, or something in a file that stands for one. */
  isDeclared: boolean;
}

const UNDESCRIBED: Presence = { kind: "undescribed" };
const ANYWHERE = "*";

/** O(objects). */
export function createInventory(entries: readonly Projected<RelationFacts>[]): Inventory {
  const places = new Map<string, Place>();
  for (const entry of entries) {
    declare(places, entry);
    for (const made of entry.facts.makes) addMade(places, made, entry.resource);
  }
  const placeOf = (target: TargetKind, namespace: string): Place | undefined => places.get(`${target}/${namespace}`);
  const lookUp = (place: Place | undefined, name: string): Presence | undefined => {
    const found = place?.names.get(name);
    if (found !== undefined) return { kind: "present", keys: found.keys };
    return place !== undefined && isNumbered(place, name) ? { kind: "present", keys: undefined } : undefined;
  };
  return {
    find: ({ target, namespace, name }) => {
      const place = placeOf(target, namespace);
      const found = lookUp(place, name) ?? lookUp(placeOf(target, ANYWHERE), name);
      if (found !== undefined) return found;
      if (isWellKnown({ target, namespace, name }) || isOfPlatform(target, name))
        return { kind: "present", keys: undefined };
      if (place === undefined) return UNDESCRIBED;
      const isDescribed = place.isDeclared && !isSystemNamespace(namespace);
      if (isDescribed) return { kind: "missing", similar: similarNames(name, place.names.keys()) };
      const meant = misspelled(name, place.names.keys());
      return meant.length === 0 ? UNDESCRIBED : { kind: "missing", similar: meant };
    },
    describes: (target, namespace) => placeOf(target, namespace)?.isDeclared === true,
    get: (target, namespace, name, near) => nearestOf(placeOf(target, namespace)?.names.get(name), near),
  };
}

function place(places: Map<string, Place>, target: TargetKind, namespace: string): Place {
  const key = `${target}/${namespace}`;
  let found = places.get(key);
  if (found === undefined) {
    found = { names: new Map(), numbered: new Set(), isDeclared: false };
    places.set(key, found);
  }
  return found;
}

function declare(places: Map<string, Place>, entry: Projected<RelationFacts>): void {
  const { id } = entry.resource;
  const { kind, detail } = entry.facts;
  const home = place(places, kind, namespaceFor(kind, id.namespace));
  home.isDeclared = true;
  const keys = detail?.role === "data" ? detail.keys : undefined;
  const before = home.names.get(id.name);
  const others = before?.entry === undefined ? undefined : [...(before.others ?? []), before.entry];
  home.names.set(id.name, {
    keys: united(before?.keys, keys, before !== undefined),
    entry,
    ...(others !== undefined && { others }),
  });
}

function nearestOf(known: Known | undefined, near: Resource | undefined): Projected<RelationFacts> | undefined {
  if (known?.others === undefined || near?.provenance.kind !== "file") return known?.entry;
  const { file } = near.provenance;
  const isSameFile = ({ resource: { provenance } }: Projected<RelationFacts>): boolean =>
    provenance.kind === "file" && provenance.file === file;
  return known.entry !== undefined && isSameFile(known.entry)
    ? known.entry
    : (known.others.find(isSameFile) ?? known.entry);
}

function addMade(places: Map<string, Place>, made: MadeObject, maker: Resource): void {
  const home = place(places, made.target, made.namespace);
  // Secrets of a server are not read, so what makes some of them says nothing about the others.
  if (made.isDeclaration === true && maker.provenance.kind === "file") home.isDeclared = true;
  if (made.isNumbered === true) home.numbered.add(made.name);
  else {
    const before = home.names.get(made.name);
    home.names.set(made.name, { ...before, keys: united(before?.keys, made.keys, before !== undefined) });
  }
}

/** Two of one identity (an overlay and its base): a key of either counts; unknown keys stay unknown. */
function united(
  before: ReadonlySet<string> | undefined,
  keys: readonly string[] | undefined,
  isSecond: boolean,
): Set<string> | undefined {
  if (keys === undefined || (isSecond && before === undefined)) return undefined;
  return new Set([...(before ?? []), ...keys]);
}

function isNumbered({ numbered }: Place, name: string): boolean {
  const match = /^(.+)-\d+$/.exec(name);
  return match?.[1] !== undefined && numbered.has(match[1]);
}
