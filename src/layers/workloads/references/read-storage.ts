// Claims and volumes: the class they ask for, the volume they are bound to.

import { array, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";
import { isObjectName, STORAGE_CLASS, VOLUME, type Reference } from "./reference.ts";

const spec = object({ storageClassName: string, volumeName: string, accessModes: array(string) });
const claimOrVolume = object({ spec });

export const readVolumeClaim: ReadFacts = (raw) => {
  const narrowed = narrow(claimOrVolume, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { storageClassName, volumeName, accessModes } = narrowed.value.spec ?? {};
  const references: Reference[] = [];
  const add = (target: string, name: string | null | undefined, field: string): void => {
    if (!isObjectName(name)) return;
    references.push({ target, namespace: "", name, path: ["spec", field], isOptional: false });
  };
  add(STORAGE_CLASS, storageClassName, "storageClassName");
  add(VOLUME, volumeName, "volumeName");
  return {
    references,
    detail: { role: "volume-claim", accessModes: (accessModes ?? []).flatMap((mode) => mode ?? []) },
  };
};

/** Claims bind to volumes by the name of a class that need not exist. */
export const readVolume: ReadFacts = (raw) => {
  const narrowed = narrow(claimOrVolume, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const name = narrowed.value.spec?.storageClassName;
  return isObjectName(name) ? { makes: [{ target: STORAGE_CLASS, namespace: "", name }] } : {};
};
