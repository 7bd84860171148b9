// A cluster as an attacker sees it: pods, accounts, nodes, secrets, and the rights read off RBAC. Built once; techniques
// only read it.

import { keyOf } from "../cluster/resource-id.ts";
import type { Resource } from "../cluster/resource.ts";
import { groupOf } from "../kubernetes/object.ts";
import { valueAt } from "../kubernetes/path.ts";
import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import { createAccess, type Access, type AccessFeatures } from "../layers/access/access.ts";
import { defaultRoles } from "../layers/access/bootstrap.ts";
import { broughtRoles } from "../layers/access/brought-roles.ts";
import { isRbacObject } from "../layers/access/rbac-state.ts";
import { ENFORCE } from "../layers/workloads/pod-security-labels.ts";
import type { Located } from "./fact.ts";
import { accountsOf, type AccountFacts } from "./account-facts.ts";
import type { PodFacts, PodView } from "./pod-facts.ts";
import type { Power } from "./power.ts";
import type { Member } from "./group-membership.ts";
import type { BindPower } from "./bindable-roles.ts";
import { createRights, type Rights } from "./rights.ts";
import { leadingSecrets, secretsOf, type SecretFacts } from "./secret-facts.ts";
import { shownPods } from "./shown-pods.ts";

export type Level = "privileged" | "baseline" | "restricted";

export interface NamespaceFacts {
  readonly name: string;
  readonly level: Level;
  /** Absent where the input does not declare the namespace. */
  readonly resource: Located | undefined;
}

export interface NodeFacts {
  readonly name: string;
  readonly isControlPlane: boolean;
  /** Containers there have no AppArmor or SELinux profile around them. */
  readonly isUnconfined: boolean;
  readonly resource: Located;
}

/** An object that some technique needs to be there, such as a webhook or a CRD. */
export interface ObjectFacts {
  readonly resource: Located;
  readonly object: Resource["object"];
}

export interface AttackWorld {
  readonly minor: KubernetesMinor;
  /** What is not in it is not there. */
  readonly isComplete: boolean;
  /** What leads to no target is left out. */
  readonly isForTargets: boolean;
  readonly features: AccessFeatures;
  readonly access: Access<Located>;
  readonly rights: Rights;
  readonly member: Member | undefined;
  /** Running pods, and templates of workloads of which no pod is in the input. */
  readonly pods: readonly PodFacts[];
  readonly podsIn: (namespace: string) => readonly PodFacts[];
  /** Workloads and pods as objects, whatever they run: what can be patched. */
  readonly workloads: readonly Resource["id"][];
  readonly nodes: readonly NodeFacts[];
  /** Every namespace that holds or declares something. */
  readonly namespaces: readonly NamespaceFacts[];
  readonly namespace: (name: string) => NamespaceFacts;
  readonly accounts: readonly AccountFacts[];
  readonly accountsIn: (namespace: string) => readonly AccountFacts[];
  readonly account: (namespace: string, name: string) => AccountFacts | undefined;
  readonly secrets: readonly SecretFacts[];
  /** Whether an object of the type is in the input. */
  readonly hasKind: (group: string, kind: string) => boolean;
  /** Other objects by `group/Kind`: ConfigMaps, CRDs and what techniques name in {@link KEPT_KINDS}. */
  readonly objects: (group: string, kind: string) => readonly ObjectFacts[];
}

export interface AttackWorldOptions {
  readonly minor: KubernetesMinor;
  readonly features?: Partial<AccessFeatures>;
  /** The input is a whole cluster: what is not in it is not there. */
  readonly isComplete: boolean;
  readonly powers: (world: Pick<AttackWorld, "features" | "minor">) => readonly Power[];
  readonly binds: readonly BindPower[];
  /** Whom a question is about, where it says more of them than the objects do. */
  readonly member?: Member | undefined;
  /**
   * Only what can lead to a target is asked about: Secrets and pods that nothing follows from are left out, and a pod of one
   * container is that container.
   */
  readonly isForTargets?: boolean;
  /** Of namespaces without a label; `privileged` unless the API server is configured otherwise. */
  readonly defaultLevel?: Level;
}

/** `group/Kind` of objects kept whole beside pods, accounts, nodes, namespaces, Secrets and RBAC. */
export const KEPT_KINDS: ReadonlySet<string> = new Set([
  "/ConfigMap",
  "/PersistentVolume",
  "/PersistentVolumeClaim",
  "argoproj.io/AppProject",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
]);

/** Linear in the resources, plus what {@link createRights} costs. */
export function createAttackWorld(given: readonly Resource[], options: AttackWorldOptions): AttackWorld {
  const { minor, isComplete, isForTargets = false } = options;
  const resources = inOrder(given);
  const access = accessOf(resources, options);
  const powers = options.powers({ features: access.features, minor });
  const rights = createRights({
    ...options,
    access,
    powers,
    member: options.member,
    isForTargets,
  });
  const view: PodView = {
    isMerged: isForTargets,
    isShown: isForTargets ? leadingSecrets(resources) : () => true,
  };
  const pods = shownPods(resources, view);
  const podsByNamespace = Map.groupBy(pods, ({ namespace }) => namespace);
  const accounts = accountsOf({ resources, pods, bound: rights.bound, isComplete });
  const accountsByNamespace = Map.groupBy(accounts, ({ namespace }) => namespace);
  const accountsByName = new Map(accounts.map((account) => [`${account.namespace}/${account.name}`, account]));
  const namespaces = namespacesOf(resources, rights, options.defaultLevel ?? "privileged");
  const kept = Map.groupBy(
    resources.filter(({ id }) => KEPT_KINDS.has(`${id.group}/${id.kind}`)),
    ({ id }) => `${id.group}/${id.kind}`,
  );
  const kinds = new Set(resources.map(({ id }) => `${id.group}/${id.kind}`));
  const unknown = (name: string): NamespaceFacts => ({
    name,
    level: options.defaultLevel ?? "privileged",
    resource: undefined,
  });
  return {
    minor,
    isComplete,
    isForTargets,
    features: access.features,
    member: options.member,
    access,
    rights,
    pods,
    podsIn: (namespace) => podsByNamespace.get(namespace) ?? [],
    workloads: resources.filter(isWorkload).map(({ id }) => id),
    nodes: resources.flatMap(nodeFactsOf),
    namespaces: [...namespaces.values()],
    namespace: (name) => namespaces.get(name) ?? unknown(name),
    accounts,
    accountsIn: (namespace) => accountsByNamespace.get(namespace) ?? [],
    account: (namespace, name) => accountsByName.get(`${namespace}/${name}`),
    secrets: secretsOf(resources, pods, accounts, view.isShown),
    hasKind: (group, kind) => kinds.has(`${group}/${kind}`),
    objects: (group, kind) =>
      (kept.get(`${group}/${kind}`) ?? []).map((resource) => ({ resource, object: resource.object })),
  };
}

/** The same objects give the same chains, in whatever order they were read. */
function inOrder(resources: readonly Resource[]): readonly Resource[] {
  const keyed = resources.map((resource) => ({ resource, key: keyOf(resource.id) }));
  return keyed
    .sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
    .map(({ resource }) => resource);
}

function accessOf(
  resources: readonly Resource[],
  { minor, features, isComplete }: AttackWorldOptions,
): Access<Located> {
  const read = resources.filter(({ id }) => isRbacObject(id.apiVersion, id.kind));
  const objects = read.map(({ id, object, locate }) => ({
    object:
      object.metadata?.namespace === id.namespace || id.namespace === ""
        ? object
        : { ...object, metadata: { ...object.metadata, namespace: id.namespace } },
    source: { id, locate },
  }));
  const brought = isComplete
    ? []
    : rolesBrought(
        objects.map(({ object }) => object),
        minor,
      );
  return createAccess<Located>(
    [...objects, ...brought.map((object) => ({ object, source: { id: broughtId(object), locate: () => undefined } }))],
    features === undefined ? { minor } : { minor, features },
  );
}

/** Default roles that are referred to, and every default ClusterRole: rules may name one that can be bound. */
function rolesBrought(objects: readonly Resource["object"][], minor: KubernetesMinor): readonly Resource["object"][] {
  const held = new Set(objects.flatMap(({ kind, metadata }) => (kind === "ClusterRole" ? [metadata?.name] : [])));
  const clusterRoles = [...defaultRoles(minor)].filter(
    ({ kind, metadata }) => kind === "ClusterRole" && !held.has(metadata?.name),
  );
  return [...clusterRoles, ...broughtRoles(objects, minor).filter(({ kind }) => kind === "Role")];
}

/** Of a role that Kubernetes brings and the input only refers to. */
function broughtId({ apiVersion, kind, metadata }: Resource["object"]): Resource["id"] {
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind,
    namespace: metadata?.namespace ?? "",
    name: metadata?.name ?? "",
  };
}

const WORKLOADS: ReadonlySet<string> = new Set([
  "/Pod",
  "/ReplicationController",
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/ReplicaSet",
  "apps/StatefulSet",
  "batch/CronJob",
  "batch/Job",
]);

function isWorkload({ id }: Resource): boolean {
  return WORKLOADS.has(`${id.group}/${id.kind}`);
}

const LEVELS: readonly Level[] = ["privileged", "baseline", "restricted"];

function namespacesOf(
  resources: readonly Resource[],
  { bound }: Rights,
  defaultLevel: Level,
): ReadonlyMap<string, NamespaceFacts> {
  const found = new Map<string, NamespaceFacts>();
  const mention = (name: string): void => {
    if (name !== "" && name !== "*" && !found.has(name))
      found.set(name, { name, level: defaultLevel, resource: undefined });
  };
  for (const { id, object, locate } of resources) {
    mention(id.namespace);
    if (id.group !== "" || id.kind !== "Namespace") continue;
    const label = object.metadata?.labels?.[ENFORCE];
    // A value that is no level counts as privileged for pods that exist, and as restricted for new ones
    // (k8s.io/pod-security-admission/api/helpers.go): the harder one is what stops a new pod.
    const level = label == null ? defaultLevel : (LEVELS.find((known) => known === label) ?? "restricted");
    found.set(id.name, { name: id.name, level, resource: { id, locate } });
  }
  for (const { namespace } of bound) mention(namespace);
  return found;
}

/** It has no AppArmor, and SELinux refuses nothing there unless somebody turns that on. */
const UNCONFINED = "Amazon Linux";
const CONTROL_PLANE = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

function nodeFactsOf({ id, object, locate }: Resource): readonly NodeFacts[] {
  if (id.group !== "" || id.kind !== "Node") return [];
  const labels = valueAt(object, ["metadata", "labels"]);
  const isControlPlane = labels != null && CONTROL_PLANE.some((label) => Object.hasOwn(labels, label));
  const system = valueAt(object, ["status", "nodeInfo", "osImage"]);
  const isUnconfined = typeof system === "string" && system.startsWith(UNCONFINED);
  return [{ name: id.name, isControlPlane, isUnconfined, resource: { id, locate } }];
}
