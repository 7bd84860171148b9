// `ringwall permissions`: the exact roles that reading a cluster needs, made from the table the reading itself uses.

import { permissionsFor, permissionsYaml } from "../../sources/api/permissions.ts";
import { FEATURES, type Feature } from "../../sources/api/scan-kinds.ts";
import { writeChunks, type Streams } from "../streams.ts";
import { unknownWord } from "../usage-error.ts";

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
  const roles = permissionsFor({
    ...(features.length > 0 && { features }),
    namespaces: flags.namespace,
    ...(flags.name !== undefined && { name: flags.name }),
  });
  await writeChunks(streams.stdout, [permissionsYaml(roles)]);
  return 0;
}

function featureOf(word: string): Feature {
  const feature = FEATURES.find((candidate) => candidate === word);
  if (feature === undefined) throw unknownWord("error.unknown-feature", word, FEATURES);
  return feature;
}
