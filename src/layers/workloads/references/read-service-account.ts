// ServiceAccounts: the Secrets their pods pull images with.

import { array, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";
import { isObjectName, SECRET, type Reference } from "./reference.ts";

const serviceAccount = object({ imagePullSecrets: array(object({ name: string })) });

export const readServiceAccount: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(serviceAccount, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const references: Reference[] = [];
  narrowed.value.imagePullSecrets?.forEach((secret, index) => {
    const name = secret?.name;
    const path = ["imagePullSecrets", index, "name"];
    if (isObjectName(name)) references.push({ target: SECRET, namespace, name, path, isOptional: false });
  });
  return { references };
};
