// What a workload's own words say about its use of the API: what is certain becomes a right, what is not becomes a hint.
// Nothing is guessed. Volumes need nothing: the kubelet reads what they mount.

import { resourceAction, type Action } from "../action.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

export type ApiHint =
  | { /** Elects a leader, and does not say where. */ readonly kind: "leader-election"; readonly container: string }
  | { /** Runs kubectl. */ readonly kind: "kubectl"; readonly container: string; readonly words: string }
  | {
      /** Has a flag that names an object of the API, or says that it runs inside a cluster. */
      readonly kind: "flag";
      readonly container: string;
      readonly flag: string;
    }
  | { /** Asks for the token to be mounted. */ readonly kind: "automount" }
  | { /** Mounts a token for the API server itself. */ readonly kind: "token-volume" }
  | { /** Mounts a token for somebody else. */ readonly kind: "token-for"; readonly audience: string };

export interface DeclaredNeeds {
  readonly actions: readonly Action[];
  readonly hints: readonly ApiHint[];
}

/** Reads the words of the containers. */
export function declaredNeeds(workload: WorkloadFacts): DeclaredNeeds {
  const actions: Action[] = [];
  const hints: ApiHint[] = [];
  for (const { name, words } of workload.containers) {
    const lease = declaredLease(words);
    if (lease === "somewhere") hints.push({ kind: "leader-election", container: name });
    else if (lease !== undefined) actions.push(...leaseActions(lease));
    const kubectl = kubectlIn(words);
    if (kubectl !== undefined) hints.push({ kind: "kubectl", container: name, words: kubectl });
    // Only the flag's name is told: a value may be a secret.
    const flags = words.flatMap((word) => API_FLAG.exec(word)?.[1] ?? []);
    for (const flag of new Set(flags)) hints.push({ kind: "flag", container: name, flag });
  }
  if (workload.automount === true) hints.push({ kind: "automount" });
  for (const audience of new Set(workload.tokens))
    hints.push(audience === "" ? { kind: "token-volume" } : { kind: "token-for", audience });
  return { actions, hints };
}

/** `--configmap` of ingress controllers and their like, `--in-cluster`. */
const API_FLAG = /^(--(?:[a-z-]*config-?map[a-z-]*|(?:run-)?in-?cluster))(?:=|$)/;

/** `kubectl get pods`: the command and what it is about, nothing that could be a secret. */
function kubectlIn(words: readonly string[]): string | undefined {
  const all = words.flatMap((word) => word.split(/[\s;&|()]+/)).filter((word) => word !== "");
  const at = all.findIndex((word) => /(^|\/)kubectl$/.test(word));
  if (at === -1) return undefined;
  const about = all.slice(at + 1, at + 3);
  const end = about.findIndex((word) => !/^[a-z][a-z.]*$/.test(word));
  return ["kubectl", ...(end === -1 ? about : about.slice(0, end))].join(" ");
}

interface Lease {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The lease of a component's flags (k8s.io/component-base/config/options/leaderelectionconfig.go), where all of them are
 * there; `somewhere` where it elects a leader in words that do not say where.
 */
function declaredLease(words: readonly string[]): Lease | "somewhere" | undefined {
  const electing = words.find((word) => /^--(enable-)?leader-elect(ion)?(=|$)/.test(word));
  if (electing === undefined || electing.endsWith("=false")) return undefined;
  const flag = (name: string): string | undefined => {
    const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    if (at === -1) return undefined;
    const word = words[at] ?? "";
    return word.includes("=") ? word.slice(word.indexOf("=") + 1) : words[at + 1];
  };
  const [name, namespace] = [flag("leader-elect-resource-name"), flag("leader-elect-resource-namespace")];
  const lock = flag("leader-elect-resource-lock") ?? "leases";
  if (!name || !namespace || lock !== "leases" || /[$({]/.test(name + namespace)) return "somewhere";
  return { namespace, name };
}

/** k8s.io/client-go/tools/leaderelection/resourcelock/leaselock.go. */
function leaseActions({ namespace, name }: Lease): readonly Action[] {
  const apiGroup = "coordination.k8s.io";
  return [
    resourceAction("create", "leases", { apiGroup, namespace }),
    resourceAction("get", "leases", { apiGroup, namespace, name }),
    resourceAction("update", "leases", { apiGroup, namespace, name }),
  ];
}
