// What a workload says about its service account and its use of the API.

import { groupOf, type KubernetesObject } from "../../../kubernetes/object.ts";
import { valueAt, type Path } from "../../../kubernetes/path.ts";
import { podTemplatesOf } from "../../../kubernetes/pod-template.ts";
import { array, boolean, narrow, object, string } from "../../../kubernetes/shape.ts";

export interface WorkloadFacts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of each pod spec in the object. */
  readonly specs: readonly Path[];
  readonly account: string;
  /** What the pods say; `undefined` where they say nothing. */
  readonly automount: boolean | undefined;
  /** Every word of every container's command and arguments, container by container. */
  readonly containers: readonly { readonly name: string; readonly words: readonly string[] }[];
  /** Projected tokens: the audience, or an empty text for the API server. */
  readonly tokens: readonly string[];
  /** Made by another object of the cluster. */
  readonly isOwned: boolean;
}

const container = object({ name: string, command: array(string), args: array(string) });
const specShape = object({
  serviceAccountName: string,
  serviceAccount: string,
  automountServiceAccountToken: boolean,
  initContainers: array(container),
  containers: array(container),
  volumes: array(
    object({ projected: object({ sources: array(object({ serviceAccountToken: object({ audience: string }) })) }) }),
  ),
});
const ownersShape = object({ metadata: object({ ownerReferences: array(object({ controller: boolean })) }) });

/** `undefined` for an object without pods. Fields of the wrong type say nothing. */
export function workloadFacts(value: KubernetesObject, defaultNamespace: string): WorkloadFacts | undefined {
  const specs = podTemplatesOf(value).map(({ path }) => [...path, "spec"]);
  const [first] = specs;
  if (first === undefined) return undefined;
  const read = specs
    .map((path) => narrow(specShape, valueAt(value, path)))
    .flatMap((one) => (one.ok ? [one.value] : []));
  const [spec] = read;
  const owners = narrow(ownersShape, value);
  const { apiVersion, kind, metadata } = value;
  return {
    apiVersion,
    kind,
    namespace: metadata?.namespace || defaultNamespace, // empty is absent
    name: metadata?.name ?? "",
    specs,
    account: spec?.serviceAccountName || spec?.serviceAccount || "default", // as above
    automount: spec?.automountServiceAccountToken ?? undefined,
    containers: read.flatMap(({ initContainers, containers }) =>
      [...(initContainers ?? []), ...(containers ?? [])].map((one) => ({
        name: one?.name ?? "",
        words: [...(one?.command ?? []), ...(one?.args ?? [])].map((word) => word ?? ""),
      })),
    ),
    tokens: read.flatMap(({ volumes }) =>
      (volumes ?? []).flatMap((volume) =>
        (volume?.projected?.sources ?? []).flatMap((source) =>
          source?.serviceAccountToken == null ? [] : [source.serviceAccountToken.audience ?? ""],
        ),
      ),
    ),
    isOwned: owners.ok && (owners.value.metadata?.ownerReferences ?? []).some((owner) => owner?.controller === true),
  };
}

/** `shop/web[Deployment]`. */
export function workloadName({ namespace, name, kind }: Pick<WorkloadFacts, "namespace" | "name" | "kind">): string {
  return `${namespace}/${name}[${kind}]`;
}

const RANDOM = "[bcdfghjklmnpqrstvwxz2456789]";

/** Whether a pod of this name can be one of the workload's, by how its controller names pods. */
export function isPodOf({ apiVersion, kind, name }: WorkloadFacts, pod: string): boolean {
  const own = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const ends: Readonly<Record<string, string>> = {
    Pod: "",
    Deployment: `-${RANDOM}{1,10}-${RANDOM}{5}`,
    ReplicaSet: `-${RANDOM}{5}`,
    ReplicationController: `-${RANDOM}{5}`,
    DaemonSet: `-${RANDOM}{5}`,
    StatefulSet: "-\\d+",
    Job: `(-\\d+)?-${RANDOM}{5}`,
    CronJob: `-\\d+(-\\d+)?-${RANDOM}{5}`,
  };
  const isKnown = ["", "apps", "batch"].includes(groupOf(apiVersion));
  const end = isKnown ? ends[kind] : undefined;
  return end === undefined ? pod === name || pod.startsWith(`${name}-`) : new RegExp(`^${own}${end}$`).test(pod);
}
