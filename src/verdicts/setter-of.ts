// Who set what a finding points at, as far as the resource tells it.

import type { Resource } from "../cluster/resource.ts";
import type { Path } from "../kubernetes/path.ts";
import type { LocatedEvidence } from "./finding.ts";
import { settersOf, type SetBy } from "./set-by.ts";

type Setters = (path: Path) => SetBy | undefined;

/** One reading of managedFields serves all findings of an object, and goes with it. */
const known = new WeakMap<object, Setters>();

/** `undefined` for what is absent, in another object, or from a file without managedFields. */
export function setterOf(resource: Resource, evidence: LocatedEvidence, path: Path): SetBy | undefined {
  if (evidence.setBy !== undefined || evidence.absent === true || evidence.resource !== undefined)
    return evidence.setBy;
  return settersFor(resource)?.(path);
}

function settersFor({ object, provenance }: Resource): Setters | undefined {
  const text = provenance.kind === "server" ? provenance.managedFields : undefined;
  if (text === undefined && object.metadata?.managedFields == null) return undefined;
  let setters = known.get(object);
  if (setters === undefined) {
    setters = settersOf(text === undefined ? object.metadata?.managedFields : parse(text), object);
    known.set(object, setters);
  }
  return setters;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // a damaged dump: who set what is not known then
  }
}
