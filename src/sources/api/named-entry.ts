// Entries of a kubeconfig by the names that contexts call them.

import type { FromFile } from "./kubeconfig-file.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-shape.ts";

export interface NamedUser extends FromFile<UserEntry> {
  readonly name: string;
}

export interface NamedCluster extends FromFile<ClusterEntry> {
  readonly name: string;
}
