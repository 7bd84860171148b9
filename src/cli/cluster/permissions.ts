// `ringwall permissions`: the exact roles that reading a cluster needs, made from the table the reading itself uses.

import { permissionsFor, permissionsYaml } from "../../sources/api/permissions.ts";
import { FEATURES, type Feature } from "../../sources/api/scan-kinds.ts";
import { namespaceName } from "../namespace-name.ts";
import { writeChunks, type Streams } from "../streams.ts";
import { unknownWord, UsageError } from "../usage-error.ts";

export interface PermissionsFlags {
  readonly namespace: readonly string[];
  readonly name?: string;
}

/** Prints YAML for `kubectl apply -f -`. Needs no cluster. */
export async function permissions(
  words: readonly string[],
  flags: PermissionsFlags,
  streams: Streams,
): Promise<number> {
  const features = words.map(featureOf);
  const namespaces = new Set(flags.namespace.flatMap((value) => value.split(",").map(namespaceName)));
  const { name } = flags;
  if (name !== undefined && !canName(name)) throw new UsageError("error.role-name", { value: JSON.stringify(name) });
  const roles = permissionsFor({
    ...(features.length > 0 && { features }),
    namespaces: [...namespaces],
    ...(name !== undefined && { name }),
  });
  await writeChunks(streams.stdout, [permissionsYaml(roles)]);
  return 0;
}

/** One segment of a path, as the API server asks of a role's name (k8s.io/apimachinery/pkg/api/validation/path). */
function canName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/%]/.test(name);
}

function featureOf(word: string): Feature {
  const feature = FEATURES.find((candidate) => candidate === word);
  if (feature === undefined) throw unknownWord("error.unknown-feature", word, FEATURES);
  return feature;
}
