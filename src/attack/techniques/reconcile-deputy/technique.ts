// Flux and Argo CD apply the manifests that a custom resource points at with their own rights, which are often everything:
// whoever creates such a resource, and says where the manifests come from, applies what they like.

import { serviceAccountUser } from "../../../layers/access/identity.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import type { PodFacts } from "../../pod-facts.ts";
import { isAllPowerful, RECONCILERS, type Reconciler } from "../../reconcilers.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const reconcileDeputy: Technique = {
  id: "reconcile-deputy",
  attack: ["T1072"],
  source: "fluxcd/kustomize-controller, fluxcd/helm-controller; argoproj/argo-cd controller/appcontroller.go",
  powers: () => RECONCILERS.flatMap(({ create, sources }) => [create, ...sources]),
  *steps(world) {
    for (const reconciler of RECONCILERS) {
      const accounts = new Set<string>();
      for (const pod of world.pods) {
        if (!reconciler.isController(pod) || !reconciler.isOpen(pod, world)) continue;
        const user = serviceAccountUser(pod.namespace, pod.account);
        if (accounts.has(user)) continue;
        accounts.add(user);
        if (isAllPowerful(world, user)) yield* stepsOf(world, reconciler, pod);
      }
    }
  },
};

function* stepsOf(world: AttackWorld, reconciler: Reconciler, pod: PodFacts): Generator<Step> {
  const { rights, namespaces } = world;
  const { kind, create, sources } = reconciler;
  const isOwnOnly = reconciler.isOwnNamespaceOnly(pod);
  const source = (namespace: NamespaceScope): Holding => ({ kind: "means", of: "source", namespace, name: kind });
  for (const power of sources)
    for (const { holding, namespace } of rights.of(power))
      yield { needs: [holding], gives: source(namespace), isMeant: true };
  if (sources.length > 0)
    for (const { name } of namespaces) yield { needs: [source(EVERYWHERE)], gives: source(name), isMeant: true };
  for (const { holding, namespace } of rights.of(create)) {
    if (isOwnOnly && namespace !== EVERYWHERE && namespace !== pod.namespace) continue;
    for (const where of placesOf(world, namespace, isOwnOnly ? pod.namespace : undefined, sources.length > 0)) {
      yield {
        needs: sources.length === 0 ? [holding] : [holding, source(where)],
        gives: { kind: "cluster-admin" },
        says: { namespace: where, kind, account: `${pod.namespace}/${pod.account}` },
        facts: () => [{ kind: "field", resource: pod.resource, path: [...pod.template, "spec", "serviceAccountName"] }],
      };
    }
  }
}

/** Where the resource can be put so that its source is in the same namespace. */
function placesOf(
  { namespaces }: AttackWorld,
  namespace: NamespaceScope,
  only: string | undefined,
  hasSource: boolean,
): readonly NamespaceScope[] {
  if (only !== undefined) return [only];
  return namespace === EVERYWHERE && hasSource ? [EVERYWHERE, ...namespaces.map(({ name }) => name)] : [namespace];
}
