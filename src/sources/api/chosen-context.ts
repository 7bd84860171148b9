// Which context, cluster and user of the kubeconfig count, as kubectl decides it
// (k8s.io/client-go/tools/clientcmd/client_config.go getContext, getCluster, getAuthInfo).

import { apiError } from "./api-error.ts";
import type { ConnectionFlags } from "./connection-flags.ts";
import type { FromFile, Kubeconfig } from "./kubeconfig-file.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-shape.ts";
import type { NamedCluster, NamedUser } from "./named-entry.ts";

export interface ChosenContext {
  readonly context: string;
  readonly namespace: string;
  readonly cluster: NamedCluster;
  readonly user: NamedUser;
}

/** What stands in for an entry that no kubeconfig has: flags may say it all. */
export const NOWHERE: FromFile<ClusterEntry & UserEntry> = { file: "", entry: {}, at: () => "" };

/** `undefined` when neither flags nor kubeconfig name a cluster. */
export function chooseContext(kubeconfig: Kubeconfig, flags: ConnectionFlags): ChosenContext | undefined {
  const file = kubeconfig.files.join(", ") || "the kubeconfig";
  const name = flags.context || kubeconfig.currentContext;
  const hasOwnCluster = (flags.server ?? "") !== "" || (flags.cluster ?? "") !== "";
  if (name === "" && !hasOwnCluster) {
    if (kubeconfig.contexts.size === 0) return undefined;
    throw apiError("no-current-context", { file, known: known(kubeconfig.contexts) });
  }
  const found = kubeconfig.contexts.get(name);
  const context = found?.entry;
  if (context === undefined && name !== "") {
    throw apiError("context-unknown", { name, file, known: known(kubeconfig.contexts) || "none" });
  }
  const clusterName = flags.cluster || (context?.cluster ?? "");
  const cluster = kubeconfig.clusters.get(clusterName);
  if (cluster === undefined && (flags.server ?? "") === "") {
    if (clusterName === "") throw apiError("cluster-unnamed", { place: found?.at() ?? file, name });
    throw apiError("cluster-unknown", { context: name, name: clusterName, file });
  }
  const userName = flags.user || (context?.user ?? "");
  const user = kubeconfig.users.get(userName);
  if (user === undefined && userName !== "") throw apiError("user-unknown", { context: name, name: userName, file });
  return {
    context: name,
    namespace: context?.namespace || "default",
    cluster: { name: clusterName, ...(cluster ?? NOWHERE) },
    user: { name: userName, ...(user ?? NOWHERE) },
  };
}

function known(entries: ReadonlyMap<string, unknown>): string {
  return [...entries.keys()].sort().join(", ");
}
