// Controllers that apply what a custom resource points at, with rights of their own: Flux and Argo CD, found by their pods.

import { valueAt } from "../kubernetes/path.ts";
import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE } from "./holding.ts";
import { unnamed, type Power } from "./power.ts";
import { isEverything } from "./power.ts";
import type { PodFacts } from "./pod-facts.ts";

export interface Reconciler {
  readonly kind: string;
  readonly create: Power;
  /** Where the manifests come from is an object of its own, of one of these types, in the same namespace. */
  readonly sources: readonly Power[];
  /** Only resources of the controller's namespace count. */
  readonly isOwnNamespaceOnly: (pod: PodFacts) => boolean;
  readonly isController: (pod: PodFacts) => boolean;
  /** It applies as itself, and whatever it is given. */
  readonly isOpen: (pod: PodFacts, world: AttackWorld) => boolean;
}

const ARGO_CONTROLLER = "argocd-application-controller";
const SOURCES = ["buckets", "gitrepositories", "ocirepositories"];
const FLUX = (name: string, kind: string, group: string, resource: string, sources: readonly string[]): Reconciler => ({
  kind,
  create: createPower(group, resource),
  sources: sources.map((source) => createPower("source.toolkit.fluxcd.io", source)),
  isController: (pod) => isOfImage(pod, `/${name}`),
  isOwnNamespaceOnly: (pod) => argumentsOf(pod).includes("--watch-all-namespaces=false"),
  isOpen: (pod) => !argumentsOf(pod).some((argument) => argument.startsWith("--default-service-account")),
});

export const RECONCILERS: readonly Reconciler[] = [
  {
    kind: "Application",
    create: createPower("argoproj.io", "applications"),
    sources: [],
    isController: (pod) => pod.account.endsWith(ARGO_CONTROLLER) || hasArgument(pod, ARGO_CONTROLLER),
    isOwnNamespaceOnly: () => true,
    isOpen: (pod, world) => hasOpenProject(world, pod.namespace),
  },
  FLUX("helm-controller", "HelmRelease", "helm.toolkit.fluxcd.io", "helmreleases", [...SOURCES, "helmrepositories"]),
  FLUX("kustomize-controller", "Kustomization", "kustomize.toolkit.fluxcd.io", "kustomizations", SOURCES),
];

/** Whether an account may do everything everywhere by a binding of its own. */
export function isAllPowerful({ rights }: AttackWorld, user: string): boolean {
  return rights.bound.some(
    ({ holder, namespace, role }) =>
      holder.kind === "user" &&
      holder.name === user &&
      namespace === EVERYWHERE &&
      (role?.rules.rules ?? []).some(isEverything),
  );
}

function createPower(group: string, resource: string): Power {
  return { ...unnamed(["create"], group, resource), id: `create ${resource}.${group}` };
}

function argumentsOf({ declared }: PodFacts): readonly string[] {
  return (declared.spec?.containers ?? []).flatMap((one) =>
    [...(one?.command ?? []), ...(one?.args ?? [])].flatMap((word) => word ?? []),
  );
}

/** Asked about every pod. */
function isOfImage({ declared }: PodFacts, part: string): boolean {
  for (const container of declared.spec?.containers ?? []) if (container?.image?.includes(part) === true) return true;
  return false;
}

function hasArgument({ declared }: PodFacts, end: string): boolean {
  const isIt = (word: string | null): boolean => word?.endsWith(end) === true;
  for (const one of declared.spec?.containers ?? [])
    if (one?.command?.some(isIt) === true || one?.args?.some(isIt) === true) return true;
  return false;
}

/** A project of Argo CD that takes any repository to anywhere. Its `default` is one until somebody narrows it. */
function hasOpenProject({ objects, isComplete }: AttackWorld, namespace: string): boolean {
  const projects = objects("argoproj.io", "AppProject").filter(({ resource }) => resource.id.namespace === namespace);
  if (projects.length === 0) return !isComplete;
  return projects.some(
    ({ object }) =>
      hasEntry(valueAt(object, ["spec", "sourceRepos"]), (repository) => repository === "*") &&
      hasEntry(valueAt(object, ["spec", "destinations"]), (one) => valueAt(one, ["namespace"]) === "*") &&
      hasEntry(valueAt(object, ["spec", "clusterResourceWhitelist"]), (one) => valueAt(one, ["kind"]) === "*"),
  );
}

function hasEntry(list: unknown, test: (entry: unknown) => boolean): boolean {
  return Array.isArray(list) && list.some(test);
}
